using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>A question to the person, without whose answer an operator cannot go on.</summary>
/// <param name="Name">Of the message that asks it.</param>
/// <param name="On">The local date on which it was first asked: from there on a clock stands still.</param>
/// <param name="LastOn">The local date on which it was asked last.</param>
public sealed record OpenQuestion(string Name, DateOnly On, DateOnly LastOn);

/// <summary>What was written to and fro about a request, in numbers: the words lie sealed elsewhere.</summary>
public sealed record Correspondence
{
    /// <summary>How many messages the person sent.</summary>
    public int FromPerson { get; init; }

    /// <summary>How many of those an operator has read.</summary>
    public int Read { get; init; }

    /// <summary>What the person was asked and has not answered; null if nothing.</summary>
    public OpenQuestion? Question { get; init; }

    /// <summary>How many days the clock stood still, in all, while the person was asked (L3, L4).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PausedDays { get; init; }

    /// <summary>The last of those days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? PausedUntil { get; init; }

    /// <summary>How many messages of the person nobody has read.</summary>
    [JsonIgnore]
    public int Unread => FromPerson - Read;

    /// <summary>The same once the case is closed: nobody waits for an answer any more.</summary>
    public Correspondence WithoutQuestion() => this with { Question = null };

    /// <summary>For how many days we have waited for an answer by that one, each day counted once.</summary>
    public int DaysUntil(DateOnly answeredOn)
    {
        if (Question is not { On: var from }) return 0;
        if (PausedUntil is { } before && before >= from) from = before.AddDays(1);
        return Math.Max(0, answeredOn.DayNumber - from.DayNumber + 1);
    }

    /// <summary>The same after a fact about messages.</summary>
    public Correspondence After(CaseFact fact) => fact switch
    {
        CaseFact.MessageSent { Asks: true } sent => this with { Question = new(Question?.Name ?? sent.Name, Question?.On ?? sent.On, sent.On) },
        CaseFact.MessageReceived received => AnsweredOn(received.On, received.Paused) with { FromPerson = FromPerson + 1 },
        CaseFact.QuestionOver over => AnsweredOn(over.On, over.Paused),
        CaseFact.MessagesRead read => this with { Read = Math.Max(Read, read.Number) },
        _ => this,
    };

    private Correspondence AnsweredOn(DateOnly day, Pause? pause) => pause is null
        ? WithoutQuestion()
        : WithoutQuestion() with { PausedDays = PausedDays + pause.Days, PausedUntil = day };
}
