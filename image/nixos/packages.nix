# The packages of the image that are not in nixpkgs.
{ pkgs, walrus-bin, sui-bin }:
let
  inherit (pkgs) lib stdenv;

  # A binary that was built elsewhere and expects the libraries of an ordinary Linux.
  prebuilt = { name, source, libraries ? [ ] }:
    stdenv.mkDerivation {
      inherit name;
      dontUnpack = true;
      nativeBuildInputs = [ pkgs.autoPatchelfHook ];
      buildInputs = [ stdenv.cc.cc.lib ] ++ libraries;
      installPhase = ''
        install -Dm755 ${source} $out/bin/${name}
      '';
    };

  # A script of image/guest. It reads its services from /etc/okai/services.
  script = name:
    pkgs.runCommand name { nativeBuildInputs = [ pkgs.makeWrapper ]; } ''
      install -Dm755 ${../guest + "/${name}"} $out/bin/${name}
      patchShebangs $out/bin
      wrapProgram $out/bin/${name} --prefix PATH : ${lib.makeBinPath [ pkgs.curl pkgs.coreutils ]}
    '';
in {
  # Swift 6 is not in nixpkgs, so the worker comes as a binary: build it with
  #   swift build -c release --static-swift-stdlib --product okai-worker
  # and copy it to image/nixos/okai-worker (git add --intent-to-add, so that the flake sees it).
  okai-worker = prebuilt {
    name = "okai-worker";
    source = ./okai-worker;
    libraries = [ pkgs.curl ];
  };
  do-notify = script "do-notify";
  do-walrus-put = script "do-walrus-put";
  do-walrus-get = script "do-walrus-get";
  okai-settings = pkgs.runCommand "okai-settings" { } ''
    install -Dm755 ${../guest/okai-settings} $out/bin/okai-settings
    patchShebangs $out/bin
  '';
  walrus = prebuilt {
    name = "walrus";
    source = "${walrus-bin}/walrus";
  };
  sui = prebuilt {
    name = "sui";
    source = "${sui-bin}/sui";
  };
}
