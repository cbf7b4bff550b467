#!/usr/bin/env bash
# Run once by the primary: the standby may connect, with the same password.
set -euo pipefail
echo "host replication footfall samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
