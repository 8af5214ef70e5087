using System.Collections.Frozen;

namespace PrivacyFunctions.Clock.Model;

/// <summary>
/// The periods of the law as they are in force from a day on. A request keeps the pack of the day on which it was received: a later
/// law does not shorten or lengthen what has begun.
/// </summary>
/// <param name="InForceFrom">The first day, a local date of the company's legal time zone.</param>
/// <param name="Everybody">What everybody was promised, wherever they live (L1, L2, L7).</param>
public sealed record RulePack(DateOnly InForceFrom, RequestPeriods Everybody)
{
    private static readonly RequestPeriods Union = new(
        new("L1", new Period.Months(1), calendars => calendars.Seat), new("L2", new Period.Months(3), calendars => calendars.Seat));

    private static readonly RequestPeriods UnitedKingdom = new(
        new("L3", new Period.Months(1), calendars => calendars.England), new("L3", new Period.Months(3), calendars => calendars.England))
    {
        StopsForClarification = true,
    };

    private static readonly RequestPeriods California = new(new("L5", new Period.Days(45)), new("L5", new Period.Days(90)))
    {
        Acknowledgement = new("L5", new Period.WorkingDays(10), calendars => calendars.UnitedStates),
        OptOut = new("L5", new Period.WorkingDays(15), calendars => calendars.UnitedStates),
    };

    // The newest first.
    private static readonly RulePack[] All =
    [
        new(new(2023, 3, 29), Union) // the regulations of the California Privacy Protection Agency
        {
            Places = new Dictionary<Residence, RequestPeriods>
            {
                [Residence.UnitedKingdom] = UnitedKingdom, [Residence.California] = California,
            }.ToFrozenDictionary(),
        },
        new(new(2021, 1, 1), Union) // the United Kingdom has left the Union's law
        {
            Places = new Dictionary<Residence, RequestPeriods> { [Residence.UnitedKingdom] = UnitedKingdom }.ToFrozenDictionary(),
        },
        new(DateOnly.MinValue, Union),
    ];

    /// <summary>What the law of a place asks for besides; none for most.</summary>
    public FrozenDictionary<Residence, RequestPeriods> Places { get; init; } = FrozenDictionary<Residence, RequestPeriods>.Empty;

    /// <summary>The pack of a request that is received on that local date.</summary>
    public static RulePack InForceOn(DateOnly receivedOn) => All.First(pack => receivedOn >= pack.InForceFrom);
}

/// <summary>How long a request may take.</summary>
/// <param name="Answer">Until it is answered.</param>
/// <param name="Extended">The same in all, once the person was told in time why it takes longer.</param>
public sealed record RequestPeriods(StatutoryRule Answer, StatutoryRule Extended)
{
    /// <summary>Until the person is told that it was received; null where no law asks for it.</summary>
    public StatutoryRule? Acknowledgement { get; init; }

    /// <summary>Until an opt-out from selling and sharing counts; null where no law has a period of its own.</summary>
    public StatutoryRule? OptOut { get; init; }

    /// <summary>Whether the clock stands still while the person is asked what exactly they want a copy of.</summary>
    public bool StopsForClarification { get; init; }
}
