# A NixOS module: one service that does one job and powers the machine off, like image/guest/okai-worker.service in the
# Debian image.
{ config, lib, pkgs, okai, ... }:
let
  cfg = config.services.okai-worker;
  settings = pkgs.writeText "settings.json" (builtins.toJSON { bot = cfg.botUrl; });
in {
  options.services.okai-worker = {
    enable = lib.mkEnableOption "the OKAI worker";
    botUrl = lib.mkOption {
      type = lib.types.str;
      default = "http://127.0.0.1:8888";
      description = "The URL by which do-notify reaches the bot. The worker gets its URL from the settings of the machine.";
    };
    aggregator = lib.mkOption {
      type = lib.types.str;
      default = "https://aggregator.walrus-testnet.walrus.space";
      description = "The aggregator from which do-walrus-get reads blobs.";
    };
    publisher = lib.mkOption {
      type = lib.types.str;
      default = "https://publisher.walrus-testnet.walrus.space";
      description = "The publisher with which do-walrus-put stores blobs.";
    };
    epochs = lib.mkOption {
      type = lib.types.ints.between 1 53;
      default = 5;
      description = "For how many epochs do-walrus-put stores blobs.";
    };
    settingsFile = lib.mkOption {
      type = lib.types.nullOr lib.types.str;
      default = null;
      description = ''
        A file on the machine with settings, used where no other source has any, such as a secret of agenix:
        {"bot": URL, "enrolmentToken": TOKEN}.
      '';
    };
    command = lib.mkOption {
      type = lib.types.nullOr lib.types.str;
      default = null;
      example = "python3 /etc/okai/train.py";
      description = ''
        A command of your own that runs in place of the worker. It gets nothing from the bot. It must end with a status
        other than 0 when it fails.
      '';
    };
    users = lib.mkOption {
      type = lib.types.attrsOf (lib.types.listOf lib.types.str);
      default = { };
      example = { ada = [ "ssh-ed25519 AAAA…" ]; };
      description = "People who may log in by SSH, with their public keys. Without any, there is no SSH server.";
    };
    powerOff = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = "Whether the machine powers off when its work is done or has failed.";
    };
  };

  config = lib.mkIf cfg.enable {
    environment.etc."okai/services".text = ''
      OKAI_BOT_URL=''${OKAI_BOT_URL:-${cfg.botUrl}}
      WALRUS_AGGREGATOR_URL=''${WALRUS_AGGREGATOR_URL:-${cfg.aggregator}}
      WALRUS_PUBLISHER_URL=''${WALRUS_PUBLISHER_URL:-${cfg.publisher}}
      WALRUS_EPOCHS=''${WALRUS_EPOCHS:-${toString cfg.epochs}}
    '';
    environment.etc."okai/settings.json".source = if cfg.settingsFile == null then settings else cfg.settingsFile;
    environment.systemPackages = [ okai.okai-worker okai.do-notify okai.do-walrus-put okai.do-walrus-get ];

    systemd.services.okai-worker = {
      description = "OKAI worker";
      wantedBy = [ "multi-user.target" ];
      wants = [ "network-online.target" ];
      after = [ "network-online.target" "cloud-config.service" ];
      path = [ pkgs.coreutils pkgs.util-linux ];
      unitConfig = lib.mkIf cfg.powerOff {
        SuccessAction = "poweroff";
        FailureAction = "poweroff";
      };
      environment = {
        TMPDIR = "/var/lib/okai";
        HOME = "/var/lib/okai";
      };
      serviceConfig = {
        Type = "exec";
        LoadCredential = "okai.settings";
        SetCredential = "okai.settings:";
        ExecStartPre = "+${okai.okai-settings}/bin/okai-settings";
        ExecStart =
          if cfg.command == null
          then "${okai.okai-worker}/bin/okai-worker boot /run/okai/settings"
          else "${pkgs.runtimeShell} -c ${lib.escapeShellArg cfg.command}";
        RuntimeMaxSec = "26h";
        StandardOutput = "journal+console";
        StandardError = "journal+console";
        DynamicUser = true;
        StateDirectory = "okai";
        WorkingDirectory = "/var/lib/okai";
        NoNewPrivileges = true;
        ProtectSystem = "strict";
        ProtectHome = true;
        ProtectKernelTunables = true;
        ProtectKernelModules = true;
        ProtectControlGroups = true;
        RestrictNamespaces = true;
        LockPersonality = true;
        CapabilityBoundingSet = "";
      };
    };

    users.users = lib.mapAttrs (_: keys: {
      isNormalUser = true;
      extraGroups = [ "wheel" ];
      openssh.authorizedKeys.keys = keys;
    }) cfg.users;
    services.openssh.enable = lib.mkForce (cfg.users != { });
    services.openssh.settings = {
      PasswordAuthentication = false;
      KbdInteractiveAuthentication = false;
      PermitRootLogin = "no";
    };
    networking.firewall.enable = true;
    networking.firewall.allowedTCPPorts = lib.mkIf (cfg.users != { }) [ 22 ];
  };
}
