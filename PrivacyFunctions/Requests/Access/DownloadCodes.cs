using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Access;

/// <summary>What a typed code came to.</summary>
internal enum CodeVerdict
{
    /// <summary>Right, and used up by this.</summary>
    Right,

    /// <summary>Wrong; it can be tried again.</summary>
    Wrong,

    /// <summary>There is no code to be tried: none was sent, it is older than ten minutes, used, or was tried five times.</summary>
    Void,
}

/// <summary>
/// The six-digit codes that open a download. A case has one at a time; a fresh one replaces it. Stored sealed with the
/// pepper; every try is counted before it is compared, so that parallel guesses cannot exceed the limit. Real time.
/// </summary>
internal sealed class DownloadCodes(RecordStorage storage, People people, TimeProvider time)
{
    /// <summary>How long a code is.</summary>
    public const int Digits = 6;

    /// <summary>How long a code works.</summary>
    public const int Minutes = 10;

    /// <summary>How often a code can be tried.</summary>
    public const int Tries = 5;

    /// <summary>How many codes a case may send in an hour, so that a link is no means to flood a mailbox.</summary>
    public const int CodesAnHour = 6;

    private const string Table = "privacyCodes";
    private const string RowKey = "code";

    /// <summary>A fresh code, or null when enough were sent in this hour.</summary>
    public async Task<string?> IssueAsync(CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        while (true)
        {
            var row = await FindAsync(id, cancellation);
            var now = time.GetUtcNow();
            var sameHour = row?.HourStarted > now.AddHours(-1);
            if (sameHour && row!.SentInHour >= CodesAnHour) return null;

            var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            var next = new CodeRow(
                Seal(id, code), now.AddMinutes(Minutes), 0, sameHour ? row!.HourStarted : now, sameHour ? row!.SentInHour + 1 : 1, row?.ETag);
            if (await WriteAsync(table, id, next, cancellation)) return code;
        }
    }

    /// <summary>Tries a code.</summary>
    public async Task<CodeVerdict> TryAsync(CaseId id, string typed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        while (true)
        {
            var row = await FindAsync(id, cancellation);
            if (row is null || row.Sealed.Length == 0 || row.Expires <= time.GetUtcNow() || row.Tried >= Tries) return CodeVerdict.Void;

            var right = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.Sealed), Encoding.ASCII.GetBytes(Seal(id, typed)));
            var next = row with { Sealed = right ? "" : row.Sealed, Tried = row.Tried + 1 };
            if (!await WriteAsync(table, id, next, cancellation)) continue;
            return right ? CodeVerdict.Right : next.Tried < Tries ? CodeVerdict.Wrong : CodeVerdict.Void;
        }
    }

    /// <summary>Deletes the code of a closed case.</summary>
    public async Task ForgetAsync(CaseId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(id.Value, RowKey, ETag.All, cancellation);

    private string Seal(CaseId id, string code) => people.Sealed("download-code", id, code);

    private async Task<CodeRow?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        var found = await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(id.Value, RowKey, cancellationToken: cancellation);
        return found.HasValue ? CodeRow.Read(found.Value!) : null;
    }

    // False when another writer was first: the caller reads again.
    private static async Task<bool> WriteAsync(TableClient table, CaseId id, CodeRow row, CancellationToken cancellation)
    {
        try
        {
            if (row.ETag is { } etag) await table.UpdateEntityAsync(row.ToEntity(id), etag, TableUpdateMode.Replace, cancellation);
            else await table.AddEntityAsync(row.ToEntity(id), cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private sealed record CodeRow(
        string Sealed, DateTimeOffset Expires, int Tried, DateTimeOffset HourStarted, int SentInHour, ETag? ETag)
    {
        public static CodeRow Read(TableEntity row) => new(
            row.GetString(nameof(Sealed)), row.GetDateTimeOffset(nameof(Expires))!.Value, row.GetInt32(nameof(Tried))!.Value,
            row.GetDateTimeOffset(nameof(HourStarted))!.Value, row.GetInt32(nameof(SentInHour))!.Value, row.ETag);

        public TableEntity ToEntity(CaseId id) => new(id.Value, RowKey)
        {
            [nameof(Sealed)] = Sealed,
            [nameof(Expires)] = Expires,
            [nameof(Tried)] = Tried,
            [nameof(HourStarted)] = HourStarted,
            [nameof(SentInHour)] = SentInHour,
        };
    }
}
