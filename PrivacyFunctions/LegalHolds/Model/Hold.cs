using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.LegalHolds.Model;

/// <summary>What protects data from erasure and purge; the order is that of precedence.</summary>
public enum HoldKind
{
    /// <summary>A law or a legal claim needs it (art. 17(3)(b), (e); K-EXTEND).</summary>
    [JsonStringEnumMemberName("legalHold")] // so it stands in the plans of erasures
    Legal,

    /// <summary>The person wants it kept while something is looked into (art. 18(1)(b), (c)), or objected and it is not decided yet (d).</summary>
    Restriction,

    /// <summary>The person was right to object (art. 21(1)): it is not used, and goes as if there were no hold.</summary>
    Objection,
}

/// <summary>A protection of one person's or one account's data.</summary>
/// <param name="Id">Given by whoever placed it: the same id is the same hold.</param>
/// <param name="Kind">What it rests on.</param>
/// <param name="DataSet">The data set that it covers; null for all.</param>
/// <param name="Ground">Why, in words without personal data.</param>
/// <param name="Owner">Who answers for it: an operator's or a department's id.</param>
/// <param name="ReviewOn">When it is looked at again.</param>
public sealed record Hold(string Id, HoldKind Kind, string? DataSet, string Ground, string Owner, DateOnly ReviewOn)
{
    private const string OfRequest = "request-";

    /// <summary>The id of the hold that a person's own request to restrict the use of their data places.</summary>
    public static string IdOf(CaseId request) => $"{OfRequest}{request}";

    /// <summary>The id of such a hold where a request is about single data sets, each of which has one.</summary>
    public static string IdOf(CaseId request, string dataSet) => $"{OfRequest}{request}-{dataSet}";

    /// <summary>The request that a hold of that id belongs to; null if it is an operator's.</summary>
    public static CaseId? RequestOf(string id)
    {
        if (!id.StartsWith(OfRequest, StringComparison.Ordinal)) return null;
        var rest = id[OfRequest.Length..];
        var end = rest.IndexOf('-', StringComparison.Ordinal);
        return end != rest.Length - 1 && CaseId.TryParse(end < 0 ? rest : rest[..end], out var request) ? request : null;
    }

    /// <summary>Whether it keeps what it covers from being deleted.</summary>
    [JsonIgnore] // the hash of a plan is over what is written
    public bool KeepsData => Kind is not HoldKind.Objection;

    /// <summary>Whether what it covers is not used.</summary>
    [JsonIgnore]
    public bool StopsUse => Kind is not HoldKind.Legal;

    /// <summary>Whether it covers that data set.</summary>
    public bool Covers(string dataSet) => DataSet is null || DataSet == dataSet;
}
