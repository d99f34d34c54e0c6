"""What is to come by a plan alone, before anything has happened."""

from duties.calendar import of_plan
from duties.command import written
from duties.subjects import subjects_of
from intake.calendar import vietnamese_calendar
from intake.plans import Plan
from tests.journeys.cast import a_plan


def test_a_plan_alone_gives_the_years_calendar_as_text() -> None:
    plan = Plan.model_validate(a_plan())
    calendar = vietnamese_calendar()

    text = list(written(plan.title, of_plan(plan, calendar), subjects_of(plan)))

    assert max(map(len, text)) <= 98
    parts = "\n".join(text).split("\n\n")
    (sending,) = [part for part in parts if "03/01/2023: gửi đề nghị" in part]
    assert " ".join(sending.split()) == (
        "thứ Ba 03/01/2023: gửi đề nghị khen thưởng, Giai đoạn 2 "
        "hết ngày 03/01/2023; kế hoạch ghi 31/12/2022 là thứ Bảy, dời sang ngày làm "
        "việc; xong khi có việc «Công khai danh sách» "
        "→ phòng còn nợ: thứ Năm 15/12/2022, thư mời; "
        "thứ Năm 22/12/2022, trước hạn 7 ngày làm việc; "
        "thứ Tư 28/12/2022, trước hạn 3 ngày làm việc; "
        "thứ Sáu 30/12/2022, trước hạn 1 ngày làm việc; "
        "thứ Bảy 31/12/2022, ngày cuối của kỳ; "
        "thứ Ba 03/01/2023, ngày làm việc cuối của hạn "
        "→ trưởng phòng: thứ Tư 04/01/2023, quá hạn 1 ngày làm việc "
        "→ phòng thường trực thi đua: "
        "thứ Năm 05/01/2023, quá hạn 2 ngày làm việc "
        "→ Phó Chánh Văn phòng: thứ Sáu 06/01/2023, quá hạn 3 ngày làm việc "
        "→ Chánh Văn phòng: thứ Ba 10/01/2023, quá hạn 5 ngày làm việc"
    )
