"""The mutations, by the items of SECURITY.md whose promises they break."""

from tests.mutations.mutation import Mutation
from tests.mutations.tables import mcp01, mcp02, mcp03, mcp04, mcp05, mcp06, mcp07, mcp08, mcp10

MUTATIONS: tuple[Mutation, ...] = (
    *mcp01.MUTATIONS,
    *mcp02.MUTATIONS,
    *mcp03.MUTATIONS,
    *mcp04.MUTATIONS,
    *mcp05.MUTATIONS,
    *mcp06.MUTATIONS,
    *mcp07.MUTATIONS,
    *mcp08.MUTATIONS,
    *mcp10.MUTATIONS,
)
