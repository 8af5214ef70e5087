using System.Text.Json;

namespace PrivacyFunctions.Sources;

/// <summary>One record of a person in a data set, already reduced to what an access answer may contain.</summary>
/// <param name="Key">Names the record among the person's own records of the set; made of no other person's key.</param>
/// <param name="Values">
/// By field name, in the map's order: only mapped fields, never one that is not exported; a field about others holds
/// <see cref="Redaction.Marker"/>. A field that the record lacks is absent. Service data is our customer's own: there, what the
/// map does not know follows, and nothing is withheld but what is not exported.
/// </param>
/// <param name="UnmappedFields">
/// Names (never values) of what was found but is not in the map, and was therefore left out where it is not service data: a gap
/// in the map that a person must be able to see and close.
/// </param>
internal sealed record PersonalRecord(
    string Key,
    IReadOnlyDictionary<string, JsonElement> Values,
    IReadOnlyList<PersonalFile> Files,
    IReadOnlyList<string> UnmappedFields)
{
    /// <summary>Where it stands in its store: what comes after it is listed after it.</summary>
    public ItemKey Place { get; init; }
}

/// <summary>A file of a person. Its content is not in memory: it streams from the store when it is opened.</summary>
/// <param name="Name">Relative to the person's own folder, with '/' between folders.</param>
/// <param name="Length">Bytes, when it was listed.</param>
internal sealed record PersonalFile(string Name, string ContentType, long Length, Func<CancellationToken, Task<Stream>> OpenAsync);

/// <summary>What stands in the place of another person's data (Art. 15(4) GDPR).</summary>
internal static class Redaction
{
    public const string Marker = "[withheld: about another person]";
}
