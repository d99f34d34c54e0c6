"""Long work that ends in one file, as somebody asks for it in a browser."""

import httpx2

from tests.processes import until


async def packed(http: httpx2.AsyncClient, page: str) -> str:
    """Ask for the work of a page, and come back until it is over."""
    begun = await http.post(page)
    assert (begun.status_code, begun.headers["location"]) == (303, page)

    async def over() -> bool:
        return "rời trang này" not in (await http.get(page)).text

    await until(over, "the file is written", 100)
    return (await http.get(page)).text
