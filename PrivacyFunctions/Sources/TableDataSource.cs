using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Data sets in Azure Tables: each row is a record and an item.</summary>
internal sealed class TableDataSource(CompanyStorage storage) : IPersonalDataSource
{
    /// <summary>What a row has by being a row; the keys are made of other fields.</summary>
    public static readonly IReadOnlySet<string> OfTheStore = new HashSet<string>
    {
        nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), nameof(ITableEntity.Timestamp), "odata.etag",
    };

    private const int LargestBuffer = 64 * 1024; // that is kept: few rows are larger

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public StoreKind Store => StoreKind.Table;

    public async IAsyncEnumerable<PersonalRecord> ExportAsync(
        Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in TableRows.ReadAsync(storage.Table(reach.Set), reach, cancellation))
            yield return ToRecord(reach, row);
    }

    public async IAsyncEnumerable<FoundItem> FindAsync(Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var field = reach.Set.AnchorField;
        await foreach (var row in TableRows.ListAsync(storage.Table(reach.Set), reach, field, cancellation))
            yield return new FoundItem(
                ItemKey.OfRow(row.PartitionKey, row.RowKey),
                Anchor.Read(reach.Set, field is not null && row.TryGetValue(field, out var stored) ? stored : null));
    }

    public Task<CorrectedRecords> CorrectAsync(Reach reach, FieldCorrection correction, CancellationToken cancellation) =>
        TableCorrection.CorrectAsync(storage.Table(reach.Set), reach, correction, cancellation);

    public Task<int> EraseAsync(Reach reach, IReadOnlyList<ItemKey> items, CancellationToken cancellation) =>
        TableErasure.EraseAsync(storage.Table(reach.Set), reach, items, cancellation);

    public Task<int> AnonymiseAsync(
        Reach reach, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation) =>
        TableAnonymisation.AnonymiseAsync(storage.Table(reach.Set), reach, items, salt, cancellation);

    private static PersonalRecord ToRecord(Reach reach, TableEntity row)
    {
        var stored = ValuesOf(row);
        // Where a scan finds the rows, their partitions are the customer's own, too.
        if (reach is { Set.Role: Role.Processor, Find: Find.Scan }) stored[nameof(row.PartitionKey)] = ToJson(row.PartitionKey);
        var (values, unmapped) = FieldFilter.Apply(reach.Set, stored);
        return new PersonalRecord(row.RowKey, values, [], unmapped) { Place = ItemKey.OfRow(row.PartitionKey, row.RowKey) };
    }

    /// <summary>
    /// What a row holds besides what it has by being a row; a field that is empty is absent. The values of a row share one document:
    /// one for each would be most of what an export allocates.
    /// </summary>
    public static Dictionary<string, JsonElement> ValuesOf(TableEntity row)
    {
        var text = buffer is { Capacity: <= LargestBuffer } ? buffer : (buffer = new(LargestBuffer));
        text.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in row)
                if (value is not null && !OfTheStore.Contains(name))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(text.WrittenSpan);
        var document = JsonElement.ParseValue(ref reader); // a copy: the buffer is used again
        var values = new Dictionary<string, JsonElement>(row.Count);
        foreach (var property in document.EnumerateObject()) values.Add(property.Name, property.Value);
        return values;
    }

    /// <summary>A value as answers contain it.</summary>
    public static JsonElement ToJson(string value) => JsonSerializer.SerializeToElement(value);

    private static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case DateTimeOffset instant:
                writer.WriteStringValue(instant);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case BinaryData bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            default:
                JsonSerializer.Serialize(writer, value, value.GetType());
                break;
        }
    }
}
