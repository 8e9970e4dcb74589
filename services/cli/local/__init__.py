"""The whole system on one machine: a nats-server and one process a service, started, watched, restarted and stopped."""
