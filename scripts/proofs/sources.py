"""Boots the image with every source of settings, and checks which one the machine uses.

Each boot has several sources at once, each with a token of its own. All but the first in the order of docs/IMAGE.md are
decoys. A fake bot records the token and refuses it as the bot does; then the machine must power itself off.
"""

import base64
import http.server
import json
import pathlib
import subprocess
import threading

FIRMWARE = pathlib.Path("/usr/share/ovmf/OVMF.fd")


class FakeBot:
    """The route by which machines claim jobs. It refuses every claim and records the tokens."""

    def __init__(self):
        self.heard = heard = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                heard.append((self.path, self.headers.get("Authorization", "").removeprefix("Bearer ")))
                body = json.dumps({"error": {"code": "unauthorized", "message": "nobody"}}).encode()
                self.send_response(401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://10.0.2.2:{self.server.server_port}"

    def settings(self, source):
        """The settings of a machine for this source; the token names the source."""
        return json.dumps({"bot": self.url, "job": 7, "launchToken": f"by-{source}"})


def prove(image, folder, check, report):
    bot = FakeBot()
    said = {source: bot.settings(source) for source in ["user-data", "drive-okai", "fw_cfg", "smbios", "command-line"]}
    everything = firmware(said, folder, "fw_cfg", "smbios")
    line = f"#cloud-config\n# for others\nokai: {said['user-data']}\n"
    boots = {
        "user-data": drive(folder, "cidata", {"user-data": line, "okai.json": said["drive-okai"]}) + everything,
        "drive-okai": drive(folder, "config-2", {"okai.json": said["drive-okai"]}) + everything,
        "fw_cfg": everything,
        "smbios": firmware(said, folder, "smbios") + kernel(image, folder, said["command-line"]),
        "command-line": kernel(image, folder, said["command-line"]),
    }
    if FIRMWARE.exists():
        boots["fw_cfg under UEFI"] = everything + ["-bios", str(FIRMWARE)]
    else:
        report(f"skipped: booting under UEFI needs {FIRMWARE}, of the package ovmf")
    for name, arguments in boots.items():
        bot.heard.clear()
        console = boot(image, folder, arguments)
        wanted = ("/v1/jobs/7/claim", f"by-{name.split()[0]}")
        check(set(bot.heard) == {wanted}, f"with {name}, the machine claimed {bot.heard}\n{console}")
        report(f"a machine uses {name}, and powers off when it is refused")


def boot(image, folder, arguments):
    """Runs a machine until it powers itself off, and returns the end of its console."""
    console = folder / "console"
    command = ["qemu-system-x86_64", "-machine", "pc", "-accel", "tcg", "-cpu", "max", "-m", "1024", "-no-reboot"]
    command += ["-nodefaults", "-display", "none", "-serial", f"file:{console}", "-device", "virtio-rng-pci"]
    command += ["-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile="]
    command += ["-drive", f"file={image},if=virtio,format=qcow2,snapshot=on", *arguments]
    try:
        subprocess.run(command, check=True, timeout=240)
    except subprocess.TimeoutExpired:
        raise SystemExit(f"proof failed: the machine did not power off\n{console.read_text(errors='replace')[-3000:]}")
    return console.read_text(errors="replace")[-3000:]


def firmware(said, folder, *sources):
    """qemu's arguments for settings in its firmware devices."""
    found = []
    if "fw_cfg" in sources:
        (folder / "fw_cfg").write_text(said["fw_cfg"])
        found += ["-fw_cfg", f"name=opt/okai/settings,file={folder}/fw_cfg"]
    if "smbios" in sources:
        (folder / "smbios").write_text(f"io.systemd.credential:okai.settings={said['smbios']}")
        found += ["-smbios", f"type=11,path={folder}/smbios"]
    return found


def drive(folder, label, files):
    """qemu's arguments for a small drive with the label `label`, like the one that clouds attach."""
    image = folder / f"{label}.img"
    subprocess.run(["mkfs.fat", "-n", label, "-C", image, "1024"], check=True, capture_output=True)
    for name, text in files.items():
        (folder / "file").write_text(text)
        subprocess.run(["mcopy", "-i", image, folder / "file", f"::/{name}"], check=True)
    return ["-drive", f"file={image},if=virtio,format=raw,snapshot=on"]


def kernel(image, folder, settings):
    """qemu's arguments for the image's own kernel, with these settings on its command line."""
    raw, place = folder / "disk.raw", f"{folder}/disk.raw@@1M"
    if not raw.exists():
        subprocess.run(["qemu-img", "convert", "-O", "raw", image, raw], check=True)
        for name in ["vmlinuz", "initrd.img", "syslinux.cfg"]:
            subprocess.run(["mcopy", "-i", place, f"::/{name}", folder / name], check=True)
    words = next(line for line in (folder / "syslinux.cfg").read_text().splitlines() if "APPEND" in line).split()[1:]
    words.append("okai.settings=" + base64.urlsafe_b64encode(settings.encode()).decode())
    return ["-kernel", f"{folder}/vmlinuz", "-initrd", f"{folder}/initrd.img", "-append", " ".join(words)]
