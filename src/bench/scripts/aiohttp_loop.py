"""The job with asyncio and aiohttp. Arguments as every contender's: manifest, folder for outputs,
base URL, requests in flight, manifest to get warm with or "-"."""

import asyncio
import csv
import os
import sys
import time

import aiohttp

KEY = os.environ.get("CRUN_API_KEY", "bench")


async def post(session, address, url):
    async with session.post(address, json={"image_url": url}) as response:
        return await response.json()


async def loop(session, address, rows, column, successes, dead_letters):
    for row in rows:
        answer = await post(session, address, row[column])
        match answer["code"]:
            case 200:
                successes.writerow([*row, answer["data"]["detect_task_id"]])
            case code:
                dead_letters.writerow([*row, code, answer["message"]])


async def work(manifest, folder, base_url, concurrency):
    os.makedirs(folder, exist_ok=True)
    address = base_url + "/api/v1/client/job/detect-face-image"
    connector = aiohttp.TCPConnector(limit=concurrency)
    with (
        open(manifest, newline="") as source,
        open(folder + "/success.csv", "w", newline="") as success,
        open(folder + "/dead-letter.csv", "w", newline="") as dead_letter,
    ):
        rows = csv.reader(source)
        header = next(rows)
        column = header.index("image_url")
        successes = csv.writer(success)
        dead_letters = csv.writer(dead_letter)
        successes.writerow([*header, "detect_task_id"])
        dead_letters.writerow([*header, "code", "message"])
        headers = {"x-api-key": KEY}
        async with aiohttp.ClientSession(connector=connector, headers=headers) as session:
            await asyncio.gather(
                *(
                    loop(session, address, rows, column, successes, dead_letters)
                    for _ in range(concurrency)
                )
            )


def main():
    manifest, outputs, base_url, concurrency, warm_up = sys.argv[1:]
    if warm_up != "-":
        asyncio.run(work(warm_up, outputs + "/warm", base_url, int(concurrency)))
    start = time.monotonic()
    asyncio.run(work(manifest, outputs, base_url, int(concurrency)))
    print(f"seconds {time.monotonic() - start}")


main()
