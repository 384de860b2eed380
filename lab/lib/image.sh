# A disk of its own size in a file: it can be full, and a power cut loses what was not synced. Only
# where REPLCTL_LAB_DISK says how big: it needs loop devices, and costs time. Sourced by lab/host.
# shellcheck shell=bash

has_image() { [[ -e $DISKS/$1/image ]]; } # NAME

into_image() { # DISK SIZE: what is the host's own moves into a file system of that size
  local disk=$1 part
  mkdir "$disk/own"
  for part in upper work data; do
    mv "$disk/$part" "$disk/own/"
  done
  truncate --size "$2" "$disk/image" && mkfs.ext4 -q -m 0 -d "$disk/own" "$disk/image" ||
    die "no disk of size '$2': REPLCTL_LAB_DISK=4G"
  rm -rf "$disk/own"
  mkdir "$disk/own"
}

mount_own() { # NAME; in the mount namespace in which it boots. Prints where the host's own is
  local node=$1 disk=$DISKS/$1
  has_image "$node" || {
    echo "$disk"
    return
  }
  # The kernel takes a moment to let go of what a killed host had mounted.
  within 10 unattached "$disk/image" || die "$disk/image is still in use"
  mount -t ext4 -o loop,discard,noinit_itable "$disk/image" "$disk/own"
  [[ -e $RUN/nodes/$node/disk-full ]] || rm -f "$disk/own/filler"
  echo "$disk/own"
}
unattached() { [[ ! $(losetup --associated "$1") ]]; }

own_seen_from_here() { # NAME: prints the way to it, while the host runs
  local pid
  has_image "$1" && pid=$(recorded "$RUN/nodes/$1/supervisor") && echo "/proc/$pid/root$DISKS/$1/own"
}

# The kernel drops what it has not written out by then, and writes nothing more: ioctl(2)
# EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH. Killing the host alone loses nothing.
cut_disk() { # NAME
  local own
  own=$(own_seen_from_here "$1") || return 0
  # shellcheck disable=SC2016  # Perl's variables
  perl -e 'my $how = pack("L", 2); open(my $fs, "<", $ARGV[0]) or die "$!\n"; ioctl($fs, 0x8004587D, $how) or die "$!\n"' "$own" || die "the disk of $1 can't be cut off"
}

lab_disk() { # NAME full|free
  local own flag
  need_node "${1:-}"
  has_image "$1" || misuse "$1 has no disk of its own size; REPLCTL_LAB_DISK=4G lab/host up gives one to a new host"
  flag=$RUN/nodes/$1/disk-full
  case ${2:-} in
    full)
      own=$(own_seen_from_here "$1") || die "$1 is off"
      touch "$flag"
      fill "$own"
      ;;
    free)
      rm -f "$flag" # before the next boot, if it is off
      ! own=$(own_seen_from_here "$1") || rm -f "$own/filler"
      ;;
    *) misuse 'disk NAME full|free' ;;
  esac
}
fill() { # FOLDER: down to its last block; takes no room of the machine's own disk
  local size
  touch "$1/filler"
  for ((size = 1 << 30; size >= 4096; size /= 2)); do
    while fallocate --offset "$(stat -c %s "$1/filler")" --length "$size" "$1/filler" 2> /dev/null; do :; done
  done
  sync "$1/filler"
}
