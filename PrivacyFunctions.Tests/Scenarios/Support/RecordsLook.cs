using Azure.Data.Tables;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Looks through our own tables for a text, as somebody who stole them would.</summary>
internal static class RecordsLook
{
    /// <summary>Whether any row holds it.</summary>
    public static async Task<bool> HoldAsync(string storage, string text) => await CountAsync(storage, text) > 0;

    /// <summary>How many rows hold it.</summary>
    public static async Task<int> CountAsync(string storage, string text)
    {
        var count = 0;
        await foreach (var (_, row) in RowsAsync(storage))
            if (row.Contains(text, StringComparison.OrdinalIgnoreCase)) count++;
        return count;
    }

    /// <summary>Every row of our own tables, as one text each.</summary>
    public static async IAsyncEnumerable<(string Table, string Row)> RowsAsync(string storage)
    {
        var service = new TableServiceClient(storage);
        await foreach (var table in service.QueryAsync())
            if (table.Name.StartsWith("privacy", StringComparison.Ordinal))
                await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>())
                    yield return (table.Name, string.Join('\n', row.Select(property => property.Value)));
    }
}
