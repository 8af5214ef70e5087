using System.Collections.Frozen;
using PrivacyFunctions.Clock.Model;
using PublicHoliday;

namespace PrivacyFunctions.Clock;

/// <summary>
/// The calendars by place. Only places are here whose calendar in the library has nothing but public holidays of the whole country: a
/// day too many would make an answer late, so those with eves, bridging days or days of some trades are left out.
/// </summary>
internal static class HolidayCalendars
{
    /// <summary>The days on which the payment system of the European Union rests, which are holidays nearly everywhere in it.</summary>
    public const string Union = "EU";

    private static readonly FrozenDictionary<string, HolidayCalendar> BySeat = new[]
    {
        Of(Union, "EU sample", new EcbTargetClosingDay()), // as the worked dates of docs/legal-clock.md call it
        Of("AT", "Austria", new AustriaPublicHoliday()),
        Of("BE", "Belgium", new BelgiumPublicHoliday()),
        Of("CZ", "Czechia", new CzechRepublicPublicHoliday()),
        Of("DE", "Germany", new GermanPublicHoliday()),
        Of("ES", "Spain", new SpainPublicHoliday()),
        Of("FR", "France", new FrancePublicHoliday()),
        Of("GB", "England and Wales", new UKBankHoliday()),
        Of("IE", "Ireland", new IrelandPublicHoliday()),
        Of("IT", "Italy", new ItalyPublicHoliday()),
        Of("LU", "Luxembourg", new LuxembourgPublicHoliday()),
        Of("NL", "Netherlands", new DutchPublicHoliday()),
        Of("US", "US federal", new USAPublicHoliday()),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The places, by the names that <c>Policy:Holidays</c> takes.</summary>
    public static IReadOnlyList<string> Seats { get; } = [.. BySeat.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The calendars of a controller that is established there.</summary>
    /// <exception cref="KeyNotFoundException">There is no such place.</exception>
    public static Calendars Of(string seat) => new(BySeat[seat], BySeat["GB"], BySeat["US"]);

    private static KeyValuePair<string, HolidayCalendar> Of(string seat, string name, PublicHolidayBase holidays) => KeyValuePair.Create(
        seat, new HolidayCalendar(name, day => holidays.IsPublicHoliday(day.ToDateTime(TimeOnly.MinValue))));
}
