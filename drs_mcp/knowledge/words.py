"""Words of the API within our sentences: statuses, kinds of objects, links of engines.

DRS may send new ones. What it does not document stands in a sentence as names do, marked off.
"""

from functools import cache

from drs_mcp.knowledge.engines.links import ENGINE_NAMES
from drs_mcp.knowledge.statuses import statuses
from drs_mcp.quoting.names import as_name

SCENARIOS = frozenset(("migration", "sync", "cloudDataGuard", "replay"))
_KINDS_OF_OBJECTS = """
    db database schema package table column view function procedure routine trigger index
    table_index table_indexs table_rename_or_copy table_structure event synonym type rule default
    default_type plan_guide file_group partition_function partition_scheme shard_key validator
    sequence matview materialized_view account extension extensions aggregate constraint
    text_search_dictionary text_search_configuration text_search_parser conversion data_type
    statistics_extension membership event_trigger collation table_collation privileges foreign_key
    role other
"""
_STATES = """
    not_start transfering completed failed transfer_when_end running waiting_for_running successful
    cancelled canceled timeout_interrupt full_doing incre_doing consistent inconsistent comparing
    waiting_for_comparison wait_for_comparison wait_for_compare failed_to_compare can_not_compare
    target_db_not_exist target_db_not_exit init exporting export_complete export_common_failed
    success finished succeeded succeed normal abnormal passed alarm pending processing waiting idle
    info warn error timeout struct data
"""
_COMPARISONS = """
    object objects lines contents object_comparison object_compare line_compare content_compare
    data_comparison account accounts
"""
_ACTIONS = """
    create choose_object pre_check change_mode free_resource modify_db_config reset_db_pwd
    modify_configuration pause start change retry reset delete query_pre_check switch_over start_incr
    modify_task_number continue_job stop_job continue_capture stop_capture continue_apply stop_apply
    pay_order unsubscribe to_period to_renew order_info change_flavor clone
"""


@cache
def _documented() -> frozenset[str]:
    listed = f"{_KINDS_OF_OBJECTS} {_STATES} {_COMPARISONS} {_ACTIONS}".split()
    return frozenset((*listed, *map(str.casefold, (*statuses(), *SCENARIOS))))


def is_documented(word: str) -> bool:
    """Whether DRS documents the word, in whatever case; of a link, whether all engines are known."""
    if word.casefold() in _documented():
        return True
    scenario, _, alone = word.partition("-")
    sides = [alone] if alone and scenario in SCENARIOS else word.split("-to-")
    return all(side in ENGINE_NAMES for side in sides)


def as_word(word: object) -> str | None:
    """A word of the API as a sentence of ours may hold it: itself, or marked off as names are.

    None for what is no word at all.
    """
    if isinstance(word, str) and is_documented(word):
        return word
    return as_name(word)


def as_key(word: str) -> str:
    """A word of the API as a key of our answers: small, or `other` for what is not documented."""
    return word.lower() if is_documented(word) else "other"
