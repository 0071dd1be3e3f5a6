#!/bin/bash
# Runs the units of this folder for real: boots systemd as process 1 of a world of its own (namespaces over an
# overlay of this machine's root), starts the service, kills it, makes a backup and a restore, stops it. Nothing
# of the machine is changed.
#
#   npm run build && sudo deploy/systemd/trial.sh
#
# Needs root, overlayfs, cgroup 2, systemd and curl. Ends with 0 if all went as it should.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)

if [ "${1:-}" = inside ]; then
  world=$2
  root=$world/root
  mount -t tmpfs tmpfs "$world/layer"
  mkdir "$world/layer/changes" "$world/layer/work"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$world/layer/changes,workdir=$world/layer/work" "$root"
  # A symbolic link in the overlay would lead out of it.
  mkdir -p "$root/opt/field-classroom" "$root/srv/field-classroom" "$root/etc/field-classroom"
  mount --bind "$repository" "$root/opt/field-classroom"
  mount --bind "$repository/media-manifests" "$root/srv/field-classroom"
  mount -t proc proc "$root/proc"
  mount -t sysfs sysfs "$root/sys"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  mount -t tmpfs tmpfs "$root/run"
  mount -t tmpfs tmpfs "$root/tmp"
  mount --rbind /dev "$root/dev"
  mkdir "$root/run/trial"
  mount --bind "$world/said" "$root/run/trial"
  ip link set lo up

  rm -rf "$root"/etc/systemd/system/*.wants
  ln -sf /dev/null "$root/etc/systemd/system/systemd-udevd.service"
  cp "$repository"/deploy/systemd/*.service "$repository"/deploy/systemd/*.timer "$root/etc/systemd/system/"
  cp "$repository/deploy/systemd/environment.example" "$root/etc/field-classroom/environment"
  cat > "$root/etc/systemd/system/trial.service" <<UNIT
[Unit]
DefaultDependencies=no
After=basic.target
[Service]
Type=oneshot
ExecStart=/bin/bash /opt/field-classroom/deploy/systemd/trial.sh steps
StandardOutput=file:/run/trial/log
StandardError=inherit
UNIT
  printf '[Unit]\nDefaultDependencies=no\nWants=trial.service dbus.socket\n' \
    > "$root/etc/systemd/system/trial.target"
  exec chroot "$root" env -i container=trial PATH="$PATH" /lib/systemd/systemd --system --unit=trial.target \
    --log-target=null --show-status=no
fi

if [ "${1:-}" = steps ]; then
  trap 'systemctl exit' EXIT
  unit=field-classroom@8080
  ready() { # waits until the service answers
    for _ in $(seq 100); do
      if curl -sf http://127.0.0.1:8080/readyz > /dev/null; then return; fi
      sleep 0.3
    done
    journalctl -u "$unit" --no-pager
    return 1
  }
  backup=/var/lib/field-classroom/backups
  step() { echo "ok: $*"; }
  systemctl start "$unit"
  ready
  main=$(systemctl show -p MainPID --value "$unit")
  grep -q 'CapEff:.*0000000000000000' "/proc/$main/status"
  grep -q 'NoNewPrivs:.*1' "/proc/$main/status"
  [ "$(stat -c %U "/proc/$main")" = field-classroom ]
  step "started as a user of its own, without any capability, and ready"
  kill -9 "$main"
  sleep 0.5
  ready
  [ "$(systemctl show -p MainPID --value "$unit")" != "$main" ]
  step "killed, and there again"
  systemctl start field-classroom-backup.service
  [ "$(find -H "$backup/" -type f | wc -l)" = 1 ]
  step "a backup while it runs: $(ls -H "$backup/")"
  systemctl stop "$unit"
  [ "$(systemctl show -p Result --value "$unit")" = success ]
  [ "$(systemctl show -p ExecMainStatus --value "$unit")" = 0 ]
  step "stopped cleanly"
  cd /opt/field-classroom
  node build/service/main.js restore "$(find -H "$backup/" -type f)" --data /tmp/restored
  step "the backup restored"
  systemd-analyze security "$unit" | tail -1
  echo "all went as it should"
  exit
fi

world=$(mktemp -d)
mkdir "$world/root" "$world/layer" "$world/said"
trap 'cat "$world/said/log" || true; rm -rf "$world"' EXIT
timeout 180 unshare --mount --pid --fork --net --uts --ipc --cgroup --propagation private \
  "$0" inside "$world" || true
grep -q 'all went as it should' "$world/said/log"
