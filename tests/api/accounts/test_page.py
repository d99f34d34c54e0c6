"""In a real office one signs in on a page by one's password."""

from tests.api.accounts.signing import PASSWORD, RealOffice


async def test_a_right_password_leads_to_what_waits_and_a_wrong_one_back(
    office: RealOffice,
) -> None:
    http = office.browser().http
    asked = await http.get("/dang-nhap")
    name = {"ten": "giam-doc", "den": "/"}

    wrong = await http.post("/dang-nhap", data={**name, "mat_khau": "sai"})
    none = await http.post("/dang-nhap", data=name)
    stranger = await http.get("/")
    right = await http.post("/dang-nhap", data={**name, "mat_khau": PASSWORD})
    there = await http.get(right.headers["location"])
    out = await http.post("/dang-xuat", data={"x": ""})
    after = await http.get("/")

    assert 'type="password"' in asked.text
    assert [each.status_code for each in (wrong, none)] == [401, 422]
    assert 'value="giam-doc"' in wrong.text
    assert "sai" not in wrong.text
    assert (right.status_code, there.status_code, out.status_code) == (303, 200, 303)
    assert "Việc của tôi" in there.text
    assert stranger.headers["location"] == after.headers["location"]
