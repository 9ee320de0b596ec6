from drs_mcp.knowledge.error_codes import error_code, error_codes


def test_a_code_has_a_short_meaning_and_a_next_step():
    assert len(error_codes()) >= 65
    for found in error_codes().values():
        assert 2 <= len(found.meaning.split()) <= 12
        assert found.next.endswith(".")


def test_the_gateways_two_prefixes_number_alike():
    assert error_code("APIGW.0308") is error_code("APIG.0308") is not None


def test_case_and_blanks_do_not_matter():
    assert error_code(" drs.m00202 ") is error_code("DRS.M00202") is not None


def test_an_undocumented_code_is_unknown():
    assert error_code("DRS.M99999") is None
