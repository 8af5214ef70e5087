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

    /// <summary>How words are written in files: one that is not used is a mistake, as is one that is missing.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    };

    /// <summary>The tag of BCP 47, for <c>lang</c> attributes.</summary>
    public required string Tag { get; init; }

    /// <summary>The names of the months, January first, as they stand in a date.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>The format of a day.</summary>
    public required string Day { get; init; }

    /// <summary>The format of an instant in UTC, which has to say that it is UTC.</summary>
    public required string Minute { get; init; }

    /// <summary>The same to the second.</summary>
    public required string Second { get; init; }

    public required string DecimalPoint { get; init; }

    public required string Thousands { get; init; }

    /// <summary>What stands before the last one of a list, blanks included.</summary>
    public required string LastInList { get; init; }

    /// <summary>Formats by these rules.</summary>
    [JsonIgnore]
    public CultureInfo Culture => field ??= MakeCulture();

    /// <summary>A day.</summary>
    public string Write(DateOnly day) => day.ToString(Day, Culture);

    /// <summary>An instant, to the minute: what ends on a day does not last until its evening.</summary>
    public string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Minute, Culture);

    /// <summary>An instant, to the second.</summary>
    public string WriteExactly(DateTimeOffset instant) => instant.UtcDateTime.ToString(Second, Culture);

    /// <summary>A list of some.</summary>
    public string Write(string[] items) =>
        items is [.. { Length: > 0 } first, var last] ? $"{string.Join(", ", first)}{LastInList}{last}" : string.Concat(items);

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
