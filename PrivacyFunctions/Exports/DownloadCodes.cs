using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Exports;

/// <summary>What a typed code came to.</summary>
internal enum CodeVerdict
{
    /// <summary>Right, and used up by this.</summary>
    Right,

    /// <summary>Wrong; it can be tried again.</summary>
    Wrong,

    /// <summary>Wrong once too often: this was the last try.</summary>
    Spent,

    /// <summary>There is no code to be tried: none was sent, it is older than ten minutes, used,
    /// or was tried five times.</summary>
    Void,
}

/// <summary>
/// The six-digit codes that open a download. A case has one at a time; a fresh one replaces it. Stored sealed with the
/// pepper; every try is counted before it is compared, so that parallel guesses cannot exceed the limit. Real time.
/// </summary>
internal sealed class DownloadCodes(RecordStorage storage, People people, TimeProvider time) : IForgottenWithCase
{
    /// <summary>How long a code is.</summary>
    public const int Digits = 6;

    /// <summary>How long a code works.</summary>
    public const int Minutes = 10;

    /// <summary>How often a code can be tried.</summary>
    public const int Tries = 5;

    /// <summary>
    /// How many codes a case may send in the 24 hours that begin with the first, so that a link is no means to flood a
    /// mailbox, and none to guess: with five tries each and <see cref="CodesACase"/>, whoever has the link alone opens the
    /// download with a chance under 0.1 %, however long it is offered.
    /// </summary>
    public const int CodesADay = 10;

    /// <summary>How many codes a case may send in all.</summary>
    public const int CodesACase = 100;

    private const string Table = "privacyCodes";
    private const string RowKey = "code";
    private const int Attempts = 20; // of a write that others come before; also ends it when the table itself is gone

    /// <summary>A fresh code, or null when enough were sent within a day.</summary>
    public async Task<string?> IssueAsync(CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await FindAsync(id, cancellation);
            var now = time.GetUtcNow();
            var sameDay = row?.DayStarted > now.AddDays(-1);
            if ((sameDay && row!.SentInDay >= CodesADay) || row?.SentInAll >= CodesACase) return null;

            var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            var next = new CodeRow(
                Seal(id, code), UsedBy: "", now.AddMinutes(Minutes), 0,
                sameDay ? row!.DayStarted : now, sameDay ? row!.SentInDay + 1 : 1, (row?.SentInAll ?? 0) + 1, row?.ETag);
            if (await WriteAsync(table, id, next, cancellation)) return code;
        }

        throw NotStored(id);
    }

    /// <summary>
    /// Takes back a code whose mail did not go out: it opens nothing and does not count as sent. If it was tried meanwhile it
    /// goes on counting, or an outage of the mail provider would be a time of guesses without limit; if a later code
    /// replaced it, nothing happens.
    /// </summary>
    public async Task TakeBackAsync(CaseId id, string code, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await FindAsync(id, cancellation);
            if (row is null || row.Sealed != Seal(id, code)) return;

            var next = row with { Sealed = "", SentInDay = row.Tried == 0 ? row.SentInDay - 1 : row.SentInDay };
            if (await WriteAsync(table, id, next, cancellation)) return;
        }

        throw NotStored(id);
    }

    /// <summary>Tries a code. What is sent twice, such as by a double click, comes to the same twice, as long as the code would work.</summary>
    /// <param name="id">The case.</param>
    /// <param name="typed">The code as it was typed.</param>
    /// <param name="submission">By what a repetition of the same form is known; empty if by nothing.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<CodeVerdict> TryAsync(CaseId id, string typed, string submission, CancellationToken cancellation)
    {
        var use = submission.Length > 0 ? Seal(id, $"{typed}\n{submission}") : "";
        var table = await storage.TableAsync(Table);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await FindAsync(id, cancellation);
            if (use.Length > 0 && row?.UsedBy == use && row.Expires > time.GetUtcNow()) return CodeVerdict.Right;
            if (row is null || row.Sealed.Length == 0 || row.Expires <= time.GetUtcNow() || row.Tried >= Tries)
                return CodeVerdict.Void;

            var right = CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(row.Sealed),
                Encoding.ASCII.GetBytes(Seal(id, typed)));
            var next = row with { Sealed = right ? "" : row.Sealed, UsedBy = right ? use : "", Tried = row.Tried + 1 };
            if (!await WriteAsync(table, id, next, cancellation)) continue;
            return right ? CodeVerdict.Right : next.Tried < Tries ? CodeVerdict.Wrong : CodeVerdict.Spent;
        }

        throw NotStored(id);
    }

    /// <summary>Deletes the code of a closed case.</summary>
    public async Task ForgetAsync(CaseId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(id.Value, RowKey, ETag.All, cancellation);

    private static InvalidOperationException NotStored(CaseId id) =>
        new($"The code of case {id} could not be stored in {Attempts} attempts.");

    private string Seal(CaseId id, string code) => people.Sealed("download-code", id, code);

    private async Task<CodeRow?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        var found = await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(
            id.Value, RowKey, cancellationToken: cancellation);
        return found.HasValue ? CodeRow.Read(found.Value!) : null;
    }

    // False when another writer was first: the caller reads again.
    private static async Task<bool> WriteAsync(TableClient table, CaseId id, CodeRow row, CancellationToken cancellation)
    {
        try
        {
            if (row.ETag is { } etag)
                await table.UpdateEntityAsync(row.ToEntity(id), etag, TableUpdateMode.Replace, cancellation);
            else await table.AddEntityAsync(row.ToEntity(id), cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private sealed record CodeRow(
        string Sealed, string UsedBy, DateTimeOffset Expires, int Tried, DateTimeOffset DayStarted, int SentInDay, int SentInAll,
        ETag? ETag)
    {
        public static CodeRow Read(TableEntity row) => new(
            row.GetString(nameof(Sealed)), row.GetString(nameof(UsedBy)) ?? "", row.GetDateTimeOffset(nameof(Expires))!.Value, row.GetInt32(nameof(Tried))!.Value,
            row.GetDateTimeOffset(nameof(DayStarted))!.Value, row.GetInt32(nameof(SentInDay))!.Value,
            row.GetInt32(nameof(SentInAll)) ?? 0, row.ETag);

        public TableEntity ToEntity(CaseId id) => new(id.Value, RowKey)
        {
            [nameof(Sealed)] = Sealed,
            [nameof(UsedBy)] = UsedBy,
            [nameof(Expires)] = Expires,
            [nameof(Tried)] = Tried,
            [nameof(DayStarted)] = DayStarted,
            [nameof(SentInDay)] = SentInDay,
            [nameof(SentInAll)] = SentInAll,
        };
    }
}
