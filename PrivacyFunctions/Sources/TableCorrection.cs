using Azure.Data.Tables;

namespace PrivacyFunctions.Sources;

/// <summary>Puts a value of a person's rows right, and of no other row.</summary>
internal static class TableCorrection
{
    private const int RowsAtOnce = 100;

    /// <inheritdoc cref="IPersonalDataSource.CorrectAsync"/>
    public static async Task<CorrectedRecords> CorrectAsync(
        TableClient table, Reach reach, FieldCorrection correction, CancellationToken cancellation)
    {
        var done = CorrectedRecords.None;
        await foreach (var some in TableRows.ListAsync(table, reach, correction.Field, cancellation).Chunk(RowsAtOnce).WithCancellation(cancellation))
        {
            var right = some.Count(row => correction.After == ValueOf(row, correction.Field));
            var changed = await Bounded.CountAsync(
                some.Where(row => ValueOf(row, correction.Field) == correction.Before),
                (row, stop) => CorrectAsync(table, reach, ItemKey.OfRow(row.PartitionKey, row.RowKey), correction, stop), cancellation);
            done += new CorrectedRecords(changed, right + changed, some.Length - right - changed);
        }

        return done;
    }

    // The row's version goes with it: what somebody changes at this moment is not overwritten.
    private static async Task<bool> CorrectAsync(
        TableClient table, Reach reach, ItemKey item, FieldCorrection correction, CancellationToken cancellation)
    {
        if (await TableRows.ReadOwnAsync(table, reach, item, cancellation) is not { } row
            || ValueOf(row, correction.Field) != correction.Before) return false;
        if (correction.After.Length == 0) row.Remove(correction.Field);
        else row[correction.Field] = correction.After;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
        return true;
    }

    // Null for what is no text: nobody typed it.
    private static string? ValueOf(TableEntity row, string field) =>
        row.TryGetValue(field, out var stored) && stored is not null ? stored as string : "";
}
