namespace PrivacyFunctions.DataMap;

/// <summary>
/// The stable name of a data set (<c>event-registrations</c>): lower-case letters, digits and hyphens, so that it can be
/// a file name, a URL segment and a table key without escaping. It holds no personal data.
/// </summary>
internal readonly record struct DataSetId
{
    private readonly string? value;

    private DataSetId(string value) => this.value = value;

    public string Value => value ?? "";

    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static DataSetId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is no data set id: lower-case letters, digits and hyphens.");

    public static bool TryParse(string? text, out DataSetId id)
    {
        var valid = MapName.IsSlug(text);
        id = valid ? new DataSetId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
