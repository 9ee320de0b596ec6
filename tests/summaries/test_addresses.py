import pytest

from drs_mcp.summaries.addresses import AddressOwner, owner_of

JOB = {
    "source_endpoint": [
        {"endpoint": {"ip": "10.0.0.1:3307, 10.0.0.2", "db_port": "3306", "db_user": "reader"}}
    ],
    "target_endpoint": [
        {
            "endpoint": {
                "ip": "10.1.0.1",
                "db_port": "3306",
                "db_user": "root",
                "source_sharding": [{"ip": "10.1.0.9", "db_port": "3310", "db_user": "shard"}],
            }
        },
        {"endpoint": {"ip": "10.0.0.2", "db_port": "5432", "db_user": "writer"}},
    ],
}


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("10.0.0.1", AddressOwner("source", "3307", "reader")),
        ("10.0.0.1:3307", AddressOwner("source", "3307", "reader")),
        ("10.1.0.1", AddressOwner("destination", "3306", "root")),
        ("10.1.0.9", AddressOwner("destination", "3310", "shard")),
        ("10.0.0.2", AddressOwner("source and destination", "3306", "reader")),
        ("10.0.0.2:5432", AddressOwner("source and destination", "5432", "reader")),
        ("10.0.0.1:9999", None),
        ("10.9.9.9", None),
    ],
)
def test_an_address_is_told_with_its_side_port_and_user(address, owner):
    assert owner_of(address, JOB) == owner
