using System.Globalization;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Cases;

/// <summary>
/// How many cases a day a mailbox that nobody has proven is written to about: a row for each place of a day and kind, keyed like a
/// person and without an address. A place is taken by whoever adds its row first, so the count holds however many ask at once, and
/// reading it costs the same however many asked before.
/// </summary>
internal sealed class MailAllowance(RecordStorage storage, People people, TimeProvider time)
{
    /// <summary>Places of a day for each kind of case.</summary>
    public const int PlacesADay = 3;

    /// <summary>
    /// Further places of a day for what operators enter, numbered after the others: a letter does not depend on forms that anybody may have sent in
    /// its person's name. What a day brings to a mailbox has an end all the same.
    /// </summary>
    public const int EnteredADay = 3;

    /// <summary>How long a place is kept: longer than a case waits for its mail. The data map tells the same period.</summary>
    public const int DaysKept = 30;

    private const string Table = "privacyMailPlaces";
    private const string Case = "Case";
    private const string Account = "Account";
    private const string TakenAt = "TakenAt";

    /// <summary>Of how many places of a day that one can have one.</summary>
    public static int PlacesFor(Applicant applicant) => applicant.IsEntered ? PlacesADay + EnteredADay : PlacesADay;

    /// <summary>The places that are taken from that day on.</summary>
    public async Task<IReadOnlyList<MailPlace>> TakenAsync(
        EmailAddress mailbox, CaseKind kind, DateOnly from, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {people.KeyOf(mailbox).Value} and RowKey ge {Prefix(kind, from)} and RowKey lt {$"{kind}."}");
        var table = await storage.TableAsync(Table);
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).Select(Read).ToListAsync(cancellation);
    }

    /// <summary>Takes a place of that day that is not among the taken ones.</summary>
    /// <returns>False when none is free, or another case was first.</returns>
    public async Task<bool> TryTakeAsync(
        EmailAddress mailbox, CaseKind kind, DateOnly day, IEnumerable<MailPlace> taken, Applicant applicant,
        CancellationToken cancellation)
    {
        var free = Enumerable.Range(1, PlacesFor(applicant)).Select(number => $"{Prefix(kind, day)}-{number}")
            .Except(taken.Select(place => place.RowKey)).FirstOrDefault();
        if (free is null) return false;
        try
        {
            await (await storage.TableAsync(Table)).AddEntityAsync(Row(people.KeyOf(mailbox).Value, free, applicant), cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Takes over the place of a case that needs it no more.</summary>
    /// <returns>False when another case was first.</returns>
    public async Task<bool> TryTakeOverAsync(
        EmailAddress mailbox, MailPlace place, Applicant applicant, CancellationToken cancellation)
    {
        try
        {
            await (await storage.TableAsync(Table)).UpdateEntityAsync(
                Row(people.KeyOf(mailbox).Value, place.RowKey, applicant), place.ETag, TableUpdateMode.Replace, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <summary>Deletes the places whose time is over.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var old = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"TakenAt lt {time.GetUtcNow().AddDays(-DaysKept)}"),
            select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);
        await foreach (var row in old) await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
    }

    private TableEntity Row(string mailbox, string key, Applicant applicant) => new(mailbox, key)
    {
        [Case] = applicant.Case.Value, [Account] = applicant.Account?.Value, [TakenAt] = time.GetUtcNow(),
    };

    private static MailPlace Read(TableEntity row) => new(
        row.RowKey, DateOnly.ParseExact(row.RowKey.Split('-')[1], "yyyyMMdd", CultureInfo.InvariantCulture),
        new(CaseId.Parse(row.GetString(Case)), AccountId.TryParse(row.GetString(Account), out var account) ? account : null),
        row.GetDateTimeOffset(TakenAt)!.Value, row.ETag);

    private static string Prefix(CaseKind kind, DateOnly day) => $"{kind}-{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
}

/// <summary>Whom a place is for: a case, and the account that it is to end, if any.</summary>
internal sealed record Applicant(CaseId Case, AccountId? Account = null)
{
    /// <summary>Whether an operator entered it. That is not kept with the place.</summary>
    public bool IsEntered { get; init; }
}

/// <summary>A place that is taken; <paramref name="At"/> is when, by the real clock.</summary>
internal sealed record MailPlace(string RowKey, DateOnly Day, Applicant Applicant, DateTimeOffset At, ETag ETag)
{
    /// <summary>Whether only what an operator entered gets it.</summary>
    public bool IsForEntered => int.Parse(RowKey.Split('-')[2], CultureInfo.InvariantCulture) > MailAllowance.PlacesADay;
}
