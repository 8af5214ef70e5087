using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Azure;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Sweeps;

/// <summary>What a day's sweep of one data set came to; no personal data. Instants are legal, UTC.</summary>
/// <param name="Attention">The step that stayed broken, or failed with some records; null when nobody has to look.</param>
internal sealed record SweepReport(
    DateOnly Day, string DataSet, DateTimeOffset BeganAt, DateTimeOffset? EndedAt, SweepCounts Counts, string? Attention)
{
    /// <summary>Since which day it has not been swept to the last record, if it still is not.</summary>
    public DateOnly? BrokenSince { get; init; }

    /// <summary>Where it is; null once it is over. It names people, so it is stored sealed and never shown.</summary>
    [JsonIgnore]
    public SweepPlace? Place { get; init; }

    [JsonIgnore]
    public ETag ETag { get; init; }
}

/// <summary>How many records were met, and what became of them.</summary>
/// <param name="Looked">All that were looked at; the other numbers together.</param>
/// <param name="Gone">Erased or anonymised, as their time was over.</param>
/// <param name="NotYet">Their time runs, or another data set that they belong to still keeps them.</param>
/// <param name="NoDate">What their time is counted from has not happened, or was taken back.</param>
/// <param name="Unreadable">Their date cannot be read: they stay until a person mends it.</param>
/// <param name="NoOwner">It cannot be told whose they are, so nor what protects them: they stay until a person looks.</param>
/// <param name="Kept">Protected.</param>
/// <param name="Changed">Changed by somebody at that moment: looked at again by the next sweep.</param>
/// <param name="Failed">Something was in the way of these alone: they stay until a person looks.</param>
internal sealed record SweepCounts(
    long Looked = 0, long Gone = 0, long NotYet = 0, long NoDate = 0, long Unreadable = 0, long NoOwner = 0, long Kept = 0,
    long Changed = 0, long Failed = 0)
{
    public static SweepCounts operator +(SweepCounts one, SweepCounts other) => new(
        one.Looked + other.Looked, one.Gone + other.Gone, one.NotYet + other.NotYet, one.NoDate + other.NoDate,
        one.Unreadable + other.Unreadable, one.NoOwner + other.NoOwner, one.Kept + other.Kept, one.Changed + other.Changed,
        one.Failed + other.Failed);
}

/// <summary>Where a sweep is.</summary>
/// <param name="At">Where the page begins, as the store names it; null for the first.</param>
/// <param name="Salt">Makes the keys of what is anonymised.</param>
/// <param name="Page">The page whose records are being destroyed; null when none is.</param>
internal sealed record SweepPlace(string? At, byte[] Salt, PageUnderWay? Page = null)
{
    private const int SaltBytes = 32;

    /// <summary>The first page, with a salt of its own.</summary>
    public static SweepPlace Beginning() => new(At: null, RandomNumberGenerator.GetBytes(SaltBytes));
}

/// <summary>A page that was announced before anything of it was destroyed, so that a crash neither loses nor doubles a count.</summary>
/// <param name="Last">Its last item.</param>
/// <param name="Next">Where the page after it begins; null when it is the last.</param>
/// <param name="Going">How many of its items were to go.</param>
internal sealed record PageUnderWay(string Last, string? Next, int Going)
{
    private const int BytesOfAMark = 8;

    /// <summary>What tells them apart, without a name; null of a page that was announced before this was noted.</summary>
    public IReadOnlyList<string>? Marks { get; init; }

    /// <summary>Announces a page.</summary>
    public static PageUnderWay Of(DatedPage page, IReadOnlyList<DatedItem> going) =>
        new(page.Items[^1].Key.Value, page.Next, going.Count) { Marks = [.. going.Select(MarkOf)] };

    /// <summary>How many of those that were to go are gone: the others are met again, whatever is to become of them now.</summary>
    /// <param name="met">The page's items that are still of the set.</param>
    /// <param name="going">How many of them are to go.</param>
    public int GoneOf(IEnumerable<DatedItem> met, int going) =>
        Marks is null ? Math.Max(0, Going - going) : Marks.Except(met.Select(MarkOf)).Count();

    private static string MarkOf(DatedItem item) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Key.Value)).AsSpan(0, BytesOfAMark));
}

/// <summary>Records of one set that a day's sweep left for the same reason.</summary>
internal sealed record KeptRecords(Protector By, long Records);
