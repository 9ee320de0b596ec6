"""drs-mcp: answers about Huawei Cloud DRS migrations over the Model Context Protocol."""

__version__ = "0.1.0"
