using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Portability.Model;

/// <summary>The state of a request for one's data in files that other programs can read (art. 20; R-PORT).</summary>
public sealed record PortabilityRequest : PackagedRequest
{
    /// <summary>To which other controllers the package is transmitted, in the order in which the person named them; null if to none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Transmission>? Transmissions { get; init; }

    /// <summary>One that was just received.</summary>
    public static PortabilityRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = CaseKind.Portability, ReceivedAt = receivedAt, Due = due, Plan = plan };

    /// <summary>The transmission of that name; null if there is none.</summary>
    public Transmission? Find(string name) => Transmissions?.FirstOrDefault(each => each.Name == name);

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        PortabilityFact.TransmissionAsked asked => this with
        {
            Transmissions = (Transmissions ?? Array.Empty<Transmission>()).Append(new(asked.Name, asked.On)).ToList(),
        },
        PortabilityFact.TransmissionHandedOver handed => With(each => each.Name == handed.Name, each => each with { HandedOverOn = handed.On }),
        PortabilityFact.TransmissionStopped stopped => With(each => each.Name == stopped.Name, each => each with { StoppedOn = stopped.On }),
        CaseFact.MailRefused refused => With(each => each.Mail == refused.Mail, each => each with { IsUnreachable = true }),
        _ => base.Own(fact, at),
    };

    private PortabilityRequest With(Func<Transmission, bool> isMeant, Func<Transmission, Transmission> change) =>
        this with { Transmissions = Transmissions?.Select(each => isMeant(each) ? change(each) : each).ToList() };
}

/// <summary>A transmission of the package to another controller.</summary>
/// <param name="Name">Under which name it is kept to whom.</param>
/// <param name="AskedOn">The local date on which the person asked for it.</param>
public sealed record Transmission(string Name, DateOnly AskedOn)
{
    /// <summary>Whether no mail reaches the address: nothing was sent there, and the person can name another.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnreachable { get; init; }

    /// <summary>The local date on which the person stopped it; null if they did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? StoppedOn { get; init; }

    /// <summary>Whether the controller can still download the package for the first time.</summary>
    [JsonIgnore]
    public bool IsOpen => this is { HandedOverOn: null, StoppedOn: null, IsUnreachable: false };

    /// <summary>Which of the case's mails brings the link.</summary>
    [JsonIgnore]
    public string Mail => $"transmission-{Name}";

    /// <summary>The local date on which the controller first downloaded the package; null if it has not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? HandedOverOn { get; init; }
}

/// <summary>What portability is among the kinds of cases.</summary>
public static class PortabilityCases
{
    private static readonly CaseKind Kind = CaseKind.Of("portability");

    extension(CaseKind)
    {
        /// <summary>One's data in files that other programs can read (art. 20; R-PORT).</summary>
        public static CaseKind Portability => Kind;
    }
}
