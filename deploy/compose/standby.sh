#!/usr/bin/env bash
# The standby copies the primary once, then follows it. To promote it: docker compose exec -u postgres database2 pg_ctl promote
set -euo pipefail
chown postgres "$PGDATA"
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  gosu postgres pg_basebackup -D "$PGDATA" -R --checkpoint=fast -X stream -d "host=database1 user=footfall password=$PGPASSWORD application_name=database2"
fi
exec gosu postgres postgres -c hot_standby_feedback=on -c wal_receiver_status_interval=1s -c wal_retrieve_retry_interval=200ms
