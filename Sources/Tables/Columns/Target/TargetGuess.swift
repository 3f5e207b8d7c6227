/// Chooses the column to predict if nobody named one.
struct TargetGuess {
    /// The index of the column.
    let column: Int
    let reason: Reason

    enum Reason: Equatable {
        case requested, name, last
        /// The last column cannot be learnt.
        case lastLearnable
    }

    /// Chooses among columns with these names; `isLearnable` says whether a column can be predicted.
    ///
    /// A column with a usual name of a target comes first, then the last column that can be learnt. If none can, it is
    /// the last column.
    init(names: [String], isLearnable: (Int) -> Bool) {
        let named = Self.named(names)
        if let column = named.first(where: isLearnable) {
            (self.column, reason) = (column, .name)
            return
        }
        guard let column = names.indices.last(where: isLearnable) else {
            (self.column, reason) = (names.count - 1, .last)
            return
        }
        (self.column, reason) = (column, column == names.count - 1 ? .last : .lastLearnable)
    }

    init(requested column: Int) { (self.column, reason) = (column, .requested) }

    /// The sentence that says the target, and a second choice.
    func remark(_ name: String, second: String?) -> String {
        let words =
            switch reason {
            case .requested: "as requested"
            case .name: "a common name of a target"
            case .last: "the last column"
            case .lastLearnable: "the last column that can be learnt"
            }
        let choice = reason == .lastLearnable || reason == .name
        return "the target is \(name.quotedName), \(words)"
            + (second.flatMap { choice ? "; another choice is target=\(SettingWord($0))" : nil } ?? "")
    }

    /// The sentence that offers a second choice; nil if the target is the last column, as it usually is.
    func offer(_ second: String?, width: Int) -> String? {
        guard column < width - 1 else { return nil }
        return second.map { "another choice for the target is target=\(SettingWord($0))" }
    }

    /// Names that hardly mean anything but a target, in some languages.
    private static let sure: Set<String> = [
        "target", "label", "labels", "class", "classes", "species", "outcome", "y", "survived", "churn",
        "churned", "diagnosis",
        "response", "classification", "category_label", "exited", "attrition", "default", "defaulted",
        "is_fraud", "fraud",
        "loan_status", "ziel", "zielvariable", "klasse", "etikett", "cible", "classe", "étiquette",
        "objetivo", "clase",
        "etiqueta", "alvo", "rótulo", "obiettivo", "etichetta", "doel", "klas", "cel", "klasa", "цель",
        "класс", "метка",
        "目标", "标签", "类别", "目的", "ラベル", "クラス", "目的変数", "타겟", "라벨", "abgewandert", "überlebt", "survécu",
        "sobrevivió", "sopravvissuto", "生存", "hedef", "etiket", "sınıf",
    ]
    /// Names of what people usually predict, if no sure name is there.
    private static let likely: Set<String> = [
        "kaufpreis", "verkaufspreis", "pris", "wynik", "precio_venta", "prix_vente", "price", "saleprice",
        "sale_price", "selling_price", "sellingprice", "quality", "salary", "charges",
        "mpg", "medv",
        "median_house_value", "medhouseval", "income_class", "rating_class", "result", "preis", "prix",
        "precio", "preço",
        "prezzo", "prijs", "cena", "цена", "价格", "価格", "가격", "fiyat", "qualität", "qualité", "calidad",
        "qualidade", "qualità",
    ]

    /// The columns with a usual name of a target, the most likely first.
    private static func named(_ names: [String]) -> [Int] {
        let keys = names.map { $0.lowercased().replacing(" ", with: "_") }
        let hasX = keys.contains("x")
        let sure = keys.indices.reversed().filter { index in
            // In a table that has a column x and does not end with y, y is a coordinate.
            Self.sure.contains(keys[index]) && !(keys[index] == "y" && hasX && index != keys.count - 1)
        }
        return sure + keys.indices.reversed().filter { likely.contains(keys[$0]) }
    }
}
