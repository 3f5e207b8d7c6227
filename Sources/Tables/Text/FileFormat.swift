/// What a file is that is no text table.
package enum FileFormat: Equatable, Sendable {
    case compressed(Compression)
    case archive(Archive)
    /// A workbook or a document of an office program.
    case office(Office)
    /// A table in a binary format.
    case binaryTable(BinaryTable)
    case pickle
    case database
    case pdf
    case html
    case xml
    case jsonArray
    case jsonObject
    case jsonLines
    /// Weka's text format: a table whose columns are declared one a line.
    case arff
    /// A picture; `format` is its name for people, such as PNG.
    case picture(format: String)
    case program
    /// A file that stands in a Git repository for a large file.
    case lfsPointer
    /// A file with a NUL byte, which no text in a known encoding has; `line` is the first such line.
    case binary(line: Int)

    package enum Compression: String, Sendable {
        case gzip, xz, bzip2, zstd, lz4, compress

        fileprivate var command: String {
            switch self {
            case .gzip, .compress: "gunzip"
            case .xz: "unxz"
            case .bzip2: "bunzip2"
            case .zstd: "unzstd"
            case .lz4: "unlz4"
            }
        }
    }

    package enum Archive: String, Sendable {
        case zip = "ZIP"
        case sevenZip = "7z"
        case rar = "RAR"
        case tar

        fileprivate var command: String {
            switch self {
            case .zip: "unzip FILE"
            case .sevenZip: "7z x FILE"
            case .rar: "unrar x FILE"
            case .tar: "tar -xf FILE"
            }
        }
    }

    package enum Office: String, Sendable {
        case excel = "an Excel workbook (.xlsx)"
        /// Old Excel, or another file of that time, such as a .doc.
        case oldExcel = "an Excel workbook (.xls)"
        case openDocument = "an OpenDocument spreadsheet (.ods)"
        /// A document that has no sheets.
        case document = "an office document"
    }

    package enum BinaryTable: String, Sendable {
        case parquet = "Parquet"
        case feather = "Feather (Arrow)"
        case orc = "ORC"
        case avro = "Avro"
        case hdf5 = "HDF5"
        case numpy = "a NumPy array"
        case matlab = "a MATLAB file"
        case sas = "a SAS table"
        case stata = "a Stata table"
        case spss = "an SPSS table"
        case r = "R data"

        /// How the file becomes CSV.
        fileprivate var conversion: String {
            switch self {
            case .parquet: pandas("read_parquet")
            case .feather: pandas("read_feather")
            case .orc: pandas("read_orc")
            case .avro: "export it as CSV"
            case .hdf5: pandas("read_hdf")
            case .numpy: "write it with numpy.savetxt(\"NEW\", numpy.load(\"FILE\"), delimiter=\",\")"
            case .matlab: "export it in MATLAB: writetable(T, \"NEW\")"
            case .sas: pandas("read_sas")
            case .stata: pandas("read_stata")
            case .spss: pandas("read_spss")
            case .r: "export it in R: write.csv(table, \"NEW\", row.names = FALSE)"
            }
        }

        private func pandas(_ reader: String) -> String {
            "convert it with pandas: pandas.\(reader)(\"FILE\").to_csv(\"NEW\", index=False)"
        }
    }
}

extension FileFormat: CustomStringConvertible {
    /// One sentence: what the file is, and how it becomes a table.
    package var description: String {
        switch self {
        case .compressed(let kind):
            "the file is compressed with \(kind.rawValue); decompress it first: \(kind.command) FILE"
        case .archive(let kind): "the file is a \(kind.rawValue) archive; extract it first: \(kind.command)"
        case .office(.document): "the file is an office document, not a table; save the table as CSV"
        case .office(let kind): "the file is \(kind.rawValue), not CSV; save the sheet as CSV"
        case .binaryTable(let kind): "the file is \(kind.rawValue), not CSV; \(kind.conversion)"
        case .pickle: "the file is a Python pickle, not CSV; if it is a DataFrame, write it with to_csv"
        case .database: "the file is an SQLite database, not CSV; export a table: sqlite3 -csv -header FILE"
        case .pdf: "the file is a PDF, not a table; get the table itself as CSV"
        case .html: "the file is an HTML page, not CSV; download the table itself, or save it as CSV"
        case .xml: "the file is XML, not CSV; save the table as CSV"
        case .jsonArray: "the file is a JSON array, not CSV; \(Self.fromJSON())"
        case .jsonObject: "the file is a JSON object, not CSV; \(Self.fromJSON())"
        case .jsonLines: "the file is JSON Lines, not CSV; \(Self.fromJSON(", lines=True"))"
        case .arff: "the file is ARFF, Weka's format; save it as CSV"
        case .picture(let format): "the file is a picture (\(format)), not a table"
        case .program: "the file is a program, not a table"
        case .lfsPointer:
            "the file is a Git LFS pointer, not the table that it stands for; get the table: git lfs pull"
        case .binary(let line):
            "line \(line) has a NUL byte, so the file is binary or damaged; save the table as text, "
                + "or remove these bytes: tr -d '\\000' < FILE > NEW"
        }
    }

    private static func fromJSON(_ option: String = "") -> String {
        "convert it with pandas: pandas.read_json(\"FILE\"\(option)).to_csv(\"NEW\", index=False)"
    }
}
