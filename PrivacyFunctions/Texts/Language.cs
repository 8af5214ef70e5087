using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrivacyFunctions.Texts;

/// <summary>
/// How a language writes dates, numbers and lists. It is read from the language's own folder, not from the machine, so that a letter
/// says the same wherever it is written.
/// </summary>
internal sealed record Language
{
    /// <summary>The only one so far.</summary>
    public const string English = "en";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The tag of BCP 47, for <c>lang</c> attributes.</summary>
    public required string Tag { get; init; }

    /// <summary>The names of the months, January first, as they stand in a date.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>The format of a day.</summary>
    public required string Day { get; init; }

    /// <summary>The format of an instant in UTC, which has to say that it is UTC.</summary>
    public required string Minute { get; init; }

    public required string DecimalPoint { get; init; }

    public required string Thousands { get; init; }

    /// <summary>What stands before the last one of a list, blanks included.</summary>
    public required string LastInList { get; init; }

    /// <summary>Formats by these rules.</summary>
    [JsonIgnore]
    public CultureInfo Culture => _culture ??= MakeCulture();

    private CultureInfo? _culture;

    /// <summary>Reads the language of a folder.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is not complete.</exception>
    public static Language Read(string folder)
    {
        var file = Path.Combine(folder, "language.json");
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<Language>(stream, Json)!;
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            throw new InvalidOperationException($"{file} does not describe a language: {failure.Message}", failure);
        }
    }

    private CultureInfo MakeCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        string[] months = [.. Months, ""]; // a calendar may have thirteen
        culture.DateTimeFormat.MonthNames = months;
        culture.DateTimeFormat.MonthGenitiveNames = months;
        culture.NumberFormat.NumberDecimalSeparator = DecimalPoint;
        culture.NumberFormat.NumberGroupSeparator = Thousands;
        return CultureInfo.ReadOnly(culture);
    }
}
