using Azure.Data.Tables;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>To whom a row or blob belongs in a data set: an address or a person id. The sample's own truth, for tests.</summary>
internal sealed record SampleHolder(string DataSet, string Subject);

/// <summary>A row as it lies in the company's tables.</summary>
/// <param name="Born">When the company got it: a backup made before does not contain it.</param>
/// <param name="Properties">Strings, numbers, booleans and instants in UTC; in a fixed order.</param>
internal sealed record SampleRow(
    string Table,
    string PartitionKey,
    string RowKey,
    DateTimeOffset Born,
    IReadOnlyList<KeyValuePair<string, object>> Properties,
    IReadOnlyList<SampleHolder> Holders)
{
    public TableEntity ToEntity()
    {
        var entity = new TableEntity(PartitionKey, RowKey);
        foreach (var (name, value) in Properties)
            entity.Add(name, value);
        return entity;
    }
}

/// <summary>A blob as it lies in the company's containers.</summary>
internal sealed record SampleBlob(
    string Container,
    string Name,
    string ContentType,
    DateTimeOffset Born,
    BinaryData Content,
    IReadOnlyList<SampleHolder> Holders);
