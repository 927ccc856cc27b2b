"""Jobs of the installation itself: the clock, and the reaper of jobs whose worker died."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from sagsgang.site.due import run_due

STALLED_AFTER = 30  # seconds without a sign of life


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="reap_stalled_jobs", pass_context=True)
async def reap_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of workers that were killed: each job may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tick")
def tick(timestamp: int) -> None:
    """Every minute: what time demands."""
    run_due()
