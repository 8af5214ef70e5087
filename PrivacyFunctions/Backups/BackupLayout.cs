using System.Globalization;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Where a backup lies in the container of the data map's backup set, and how long it may live. Dates are those of the
/// legal clock, in UTC.
/// <para>
/// <c>{date}/{store}/{00000}-{mark}.ndjson.gz</c>: a part of a store, in the order in which the store gave it: a gzip of one JSON
/// object per line, <see cref="RowLine"/> for a row of a table, <see cref="FileLine"/> for a blob. A large blob is a chunk
/// of its own, <c>{date}/{store}/{00000}-{mark}.bin</c>, byte for byte. An empty store has no chunk. The mark is the beginning
/// of a hash of the content, or of the large blob's name and ETag: two calls that copy the same at the same time never write
/// different content under one name. The manifest says which chunks count.
/// <c>{date}/parts/{00000}.json</c>: while the night is copied, what each call did (<see cref="CopiedPart"/>).
/// <c>{date}/manifest.json</c>: the <see cref="BackupManifest"/>. It is written last: a folder without one is no backup.
/// </para>
/// <para>
/// A restore (a later issue) reads the manifest, checks each chunk against its hash and puts each line back as it is: a row
/// is in the notation in which the Table service takes it, a blob carries its type and metadata. Stores are copied one beside
/// the other while the company works, so a backup is no snapshot of a single instant.
/// </para>
/// </summary>
internal static class BackupLayout
{
    /// <summary>
    /// No backup lives longer: it is the shortest calendar month, so whatever leaves the active data leaves the backups
    /// within one month, without rewriting any (T-BACKUP).
    /// </summary>
    public const int LifeInDays = TerminationClock.BackupDays;

    private const string DateFormat = "yyyy-MM-dd";
    private const int MarkLength = 16;

    /// <summary>The date on which a backup born on that date is deleted.</summary>
    public static DateOnly KillOn(DateOnly bornOn) => bornOn.AddDays(LifeInDays);

    /// <summary>The UTC date of an instant of the legal clock.</summary>
    public static DateOnly DateOf(DateTimeOffset legal) => DateOnly.FromDateTime(legal.UtcDateTime);

    /// <summary>The folder of a night's backup, with the slash at its end.</summary>
    public static string Folder(DateOnly night) => $"{NameOf(night)}/";

    /// <summary>The name of the blob that makes a folder a backup.</summary>
    public static string Manifest(DateOnly night) => $"{NameOf(night)}/manifest.json";

    /// <summary>The name of the blob that says what a call of a night's copying did.</summary>
    public static string Part(DateOnly night, int number) => Folder(night) + Numbered("parts", number, ".json");

    /// <summary>The name of a chunk within its backup's folder.</summary>
    /// <param name="store">The store.</param>
    /// <param name="number">Its place in it.</param>
    /// <param name="sha256">Of its content as stored, in hexadecimal.</param>
    public static string Chunk(string store, int number, string sha256) => Numbered(store, number, $"-{Mark(sha256)}.ndjson.gz");

    /// <summary>The name of a chunk that is one large blob.</summary>
    /// <param name="store">The store.</param>
    /// <param name="number">Its place in it.</param>
    /// <param name="source">The hash of what it is made from, in hexadecimal.</param>
    public static string File(string store, int number, string source) => Numbered(store, number, $"-{Mark(source)}.bin");

    /// <summary>A night as text: <c>2026-03-02</c>.</summary>
    public static string NameOf(DateOnly night) => night.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads the night of a folder; false for a folder that is not ours.</summary>
    public static bool TryReadNight(string folder, out DateOnly night) =>
        DateOnly.TryParseExact(
            folder.TrimEnd('/'), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out night);

    private static string Mark(string hash) => hash[..MarkLength];

    private static string Numbered(string store, int number, string ending) =>
        string.Create(CultureInfo.InvariantCulture, $"{store}/{number:D5}{ending}");
}
