using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace PrivacyFunctions.Backups;

/// <summary>
/// A row as a line: all its properties in the OData notation in which the Table service takes and gives them, so that types
/// that JSON does not know (a 64-bit number, an instant, bytes, a GUID) survive. The keys come first, so that a search reads
/// no further. Left out is what the store itself makes: the time stamp and the ETag.
/// </summary>
internal static class RowLine
{
    private const string TypeSuffix = "@odata.type";
    private const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ"; // the service keeps 100 ns

    /// <exception cref="NotSupportedException">A property is of a type that tables do not have.</exception>
    public static void Write(Utf8JsonWriter json, TableEntity row)
    {
        json.WriteStartObject();
        json.WriteString(nameof(ITableEntity.PartitionKey), row.PartitionKey);
        json.WriteString(nameof(ITableEntity.RowKey), row.RowKey);
        foreach (var (name, value) in row)
            if (value is not null && !IsOfTheStore(name))
                WriteProperty(json, name, value);
        json.WriteEndObject();
    }

    /// <summary>Reads the keys only.</summary>
    public static BackupKey KeyOf(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        json.Read(); // {
        return new(NextText(ref json), NextText(ref json));
    }

    /// <summary>The row as it was.</summary>
    public static TableEntity Read(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        var row = new TableEntity();
        foreach (var property in json.RootElement.EnumerateObject())
            if (!property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
                row[property.Name] = ReadValue(
                    property.Value,
                    json.RootElement.TryGetProperty(property.Name + TypeSuffix, out var type) ? type.GetString() : null);
        return row;
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: Typed("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: Typed("Edm.Double", number.ToString("R", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset at: Typed("Edm.DateTime", Instant(at.UtcDateTime)); break;
            case DateTime at: Typed("Edm.DateTime", Instant(at.ToUniversalTime())); break;
            case Guid id: Typed("Edm.Guid", id.ToString("D")); break;
            case byte[] bytes: Typed("Edm.Binary", Convert.ToBase64String(bytes)); break;
            case BinaryData bytes: Typed("Edm.Binary", Convert.ToBase64String(bytes)); break;
            default: throw new NotSupportedException($"A table has no properties of the type {value.GetType().Name}.");
        }

        void Typed(string type, string text)
        {
            json.WriteString(name + TypeSuffix, type);
            json.WriteString(name, text);
        }
    }

    private static object? ReadValue(JsonElement value, string? type) => type switch
    {
        "Edm.Int64" => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "Edm.Double" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "Edm.DateTime" => DateTimeOffset.ParseExact(
            value.GetString()!, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        "Edm.Guid" => value.GetGuid(),
        "Edm.Binary" => value.GetBytesFromBase64(),
        null => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            JsonValueKind.Number => value.GetInt32(),
            _ => throw new InvalidDataException("A backup's row holds a value that no table has."),
        },
        _ => throw new InvalidDataException($"A backup's row holds a value of the type '{type}'."),
    };

    private static string Instant(DateTime utc) => utc.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static string NextText(ref Utf8JsonReader json)
    {
        json.Read(); // the name
        json.Read();
        return json.GetString() ?? throw new InvalidDataException("A backup's line has no key.");
    }

    private static bool IsOfTheStore(string name) =>
        name is nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey) or nameof(ITableEntity.Timestamp)
        || name.StartsWith("odata.", StringComparison.Ordinal);
}
