using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.LegalHolds;

/// <summary>A hold in force, for an operator's eyes: nothing in it names its person.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it rests on, by the code by which it is placed.</param>
/// <param name="DataSet">The data set that it covers; null for all.</param>
/// <param name="Ground">Why.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="ReviewOn">When it is looked at again.</param>
/// <param name="Account">The account that it is on; null if it is on a person.</param>
/// <param name="Request">The request of the person whose it is; null if an operator placed it.</param>
/// <param name="PlacedBy">Who placed it.</param>
/// <param name="PlacedAt">When, UTC.</param>
/// <param name="ChangedBy">Who changed it last; null if nobody did.</param>
internal sealed record HoldShown(
    string Id, string Kind, string? DataSet, string Ground, string Owner, DateOnly ReviewOn, string? Account, CaseId? Request, string PlacedBy,
    DateTimeOffset PlacedAt, string? ChangedBy)
{
    /// <summary>What a row says.</summary>
    public static HoldShown Of(TableEntity row)
    {
        var hold = HoldRow.Read(row);
        return new(
            hold.Id, JsonNamingPolicy.CamelCase.ConvertName($"{hold.Kind}"), hold.DataSet, hold.Ground, hold.Owner, hold.ReviewOn, HoldRow.IsOnAccount(row) ? HoldRow.AccountOf(row).ToString() : null,
            Hold.RequestOf(hold.Id), row.GetString("PlacedBy"), row.GetDateTimeOffset("PlacedAt")!.Value, row.GetString("ChangedBy"));
    }
}

/// <summary>Some holds, what is to be reviewed first first.</summary>
/// <param name="Holds">The holds.</param>
/// <param name="IsAll">Whether there are no more.</param>
internal sealed record HoldsShown(IReadOnlyList<HoldShown> Holds, bool IsAll);

/// <summary>Lists the holds in force.</summary>
internal sealed class HoldList(RecordStorage storage, Holds holds)
{
    /// <summary>How many are shown at most.</summary>
    public const int Most = 200;

    /// <summary>
    /// Those whose review comes first, before that day. It reads all holds, and keeps no more of them in memory than it shows.
    /// </summary>
    public async Task<HoldsShown> ByReviewAsync(DateOnly before, CancellationToken cancellation)
    {
        var (table, day) = (await storage.TableAsync(Holds.Table), HoldRow.Write(before));
        return await FirstAsync(
            table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"ReviewOn lt {day}"), cancellationToken: cancellation)
                .Where(row => !HoldRow.IsReleased(row)),
            cancellation);
    }

    /// <summary>Those that count for a person.</summary>
    public Task<HoldsShown> OfAsync(HeldPerson person, CancellationToken cancellation) => FirstAsync(holds.RowsOfAsync(person, cancellation), cancellation);

    /// <summary>Those on an account.</summary>
    public Task<HoldsShown> OfAsync(AccountId account, CancellationToken cancellation) => FirstAsync(holds.RowsOfAsync(account, cancellation), cancellation);

    private static async Task<HoldsShown> FirstAsync(IAsyncEnumerable<TableEntity> rows, CancellationToken cancellation)
    {
        // The one whose review comes last is the first to go.
        var (first, isAll) = (new PriorityQueue<HoldShown, int>(Comparer<int>.Create((one, other) => other.CompareTo(one))), true);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            var hold = HoldShown.Of(row);
            if (first.Count < Most)
            {
                first.Enqueue(hold, hold.ReviewOn.DayNumber);
                continue;
            }

            isAll = false;
            first.EnqueueDequeue(hold, hold.ReviewOn.DayNumber);
        }

        return new(
            [.. first.UnorderedItems.Select(item => item.Element).OrderBy(hold => hold.ReviewOn).ThenBy(hold => hold.Id, StringComparer.Ordinal)], isAll);
    }
}
