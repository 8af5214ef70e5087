using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.LegalHolds;

/// <summary>Which holds have to be looked at again, and of which of them somebody was reminded.</summary>
internal sealed class HoldReviews(RecordStorage storage)
{
    private const string RemindedOn = "RemindedOn";

    /// <summary>
    /// All holds in force whose review is due, and of which nobody was reminded in the days before: for a look once a day, since it
    /// reads the whole table.
    /// </summary>
    /// <param name="today">The legal day.</param>
    /// <param name="again">After how many days a reminder is repeated.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<HoldToReview> ToReviewAsync(
        DateOnly today, int again, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Holds.Table);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            if (HoldLinks.IsLink(row.PartitionKey) || HoldRow.IsReleased(row)) continue;
            var hold = HoldRow.Read(row);
            if (!hold.KeepsData && Hold.RequestOf(hold.Id) is not null) continue; // the person was right, and it lasts as long as the data does
            var reminded = row.GetString(RemindedOn) is { } on ? DateOnly.ParseExact(on, HoldRow.Day, CultureInfo.InvariantCulture) : DateOnly.MinValue;
            if (hold.ReviewOn <= today && (reminded < hold.ReviewOn || reminded.AddDays(again) <= today))
                yield return new(hold, row.PartitionKey, row.ETag);
        }
    }

    /// <summary>Notes that somebody was reminded of a review. One that was changed or released meanwhile stays as it is.</summary>
    public async Task NoteRemindedAsync(HoldToReview due, DateOnly today, CancellationToken cancellation)
    {
        var note = new TableEntity(due.Key, due.Hold.Id) { [RemindedOn] = HoldRow.Write(today) };
        try
        {
            await (await storage.TableAsync(Holds.Table)).UpdateEntityAsync(note, due.ETag, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Somebody is looking at it just now.
        }
    }
}
