/// One page of a list: an object with `items`; before version 0.10 of Fluence's interface, an array.
struct FluenceList<Item: Decodable & Sendable>: Decodable, Sendable {
    struct Pagination: Decodable {
        let totalPages: Int
    }

    let items: [Item]
    /// The number of pages of the list.
    let pages: Int

    private enum CodingKeys: CodingKey { case items, pagination }

    init(from decoder: any Decoder) throws {
        // If this fails, the page is an object.
        if let array = try? decoder.singleValueContainer().decode([Item].self) {
            (items, pages) = (array, 1)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        items = try container.decode([Item].self, forKey: .items)
        pages = try container.decodeIfPresent(Pagination.self, forKey: .pagination)?.totalPages ?? 1
    }
}
