"""The scheduled service: what is due, and the ticking. The only room that knows APScheduler, which only ticks."""
