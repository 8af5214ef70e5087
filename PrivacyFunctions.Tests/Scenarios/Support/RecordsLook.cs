using Azure.Data.Tables;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Looks through our own tables for a text, as somebody who stole them would.</summary>
internal static class RecordsLook
{
    public static async Task<bool> HoldAsync(string storage, string text)
    {
        var service = new TableServiceClient(storage);
        await foreach (var table in service.QueryAsync())
            if (table.Name.StartsWith("privacy", StringComparison.Ordinal))
                await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>())
                    if (row.Any(property => property.Value?.ToString()?.Contains(text, StringComparison.OrdinalIgnoreCase) is true))
                        return true;
        return false;
    }
}
