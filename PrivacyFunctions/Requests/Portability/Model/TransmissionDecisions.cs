using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Portability.Model;

/// <summary>The decisions about the transmission of a package to another controller (GDPR art. 20(2); R-PORT). Pure.</summary>
internal static class TransmissionDecisions
{
    /// <summary>To how many controllers the package of a case is transmitted.</summary>
    public const int Most = 3;

    /// <summary>How many a person can name, those included that they stopped: so many strangers get a mail at most.</summary>
    public const int MostNamed = 2 * Most;

    /// <summary>How many of them can be entered in all, those included that no mail reaches: the case has no room for any number of slips.</summary>
    public const int MostEntered = 20;

    /// <summary>What is in the way of a transmission; null if nothing is, or if it was asked for already.</summary>
    /// <param name="request">The case.</param>
    /// <param name="name">Under which name it is kept to whom.</param>
    /// <param name="legalNow">When.</param>
    public static TransmissionBar? WhyNot(PortabilityRequest request, string name, DateTimeOffset legalNow) =>
        !request.OffersExport(legalNow) ? TransmissionBar.Over
        : request.Find(name) is { StoppedOn: not null } ? TransmissionBar.Stopped
        : request.Find(name) is null && IsFull(request) ? TransmissionBar.NoMore
        : null;

    /// <summary>
    /// Whether it is transmitted to as many controllers as it can be, or as many were named as can be; those whom no mail reaches count only
    /// where there are very many of them.
    /// </summary>
    public static bool IsFull(PortabilityRequest request) =>
        request.Transmissions?.Count(each => each is { IsUnreachable: false, StoppedOn: null }) >= Most
        || request.Transmissions?.Count(each => !each.IsUnreachable) >= MostNamed
        || request.Transmissions?.Count >= MostEntered;

    /// <summary>Why the package is not transmitted to that mailbox, whatever the case; null if it can be.</summary>
    /// <param name="to">The mailbox.</param>
    /// <param name="person">The person's.</param>
    /// <param name="ours">The company's own.</param>
    public static MailboxBar? WhyNotTo(EmailAddress to, EmailAddress person, IEnumerable<EmailAddress> ours) =>
        to == person ? MailboxBar.ThePersons : ours.Contains(to) ? MailboxBar.Ours : null;

    /// <summary>The person asks for it; the same once more changes nothing.</summary>
    public static Decision Ask(PortabilityRequest request, string name, DateOnly today, DateTimeOffset legalNow) =>
        WhyNot(request, name, legalNow) is null && request.Find(name) is null
            ? new Decision.Change(new PortabilityFact.TransmissionAsked(name, today))
            : Decision.Nothing;

    /// <summary>The person stops it, as long as the controller has not downloaded the package. They can name another instead.</summary>
    public static Decision Stop(PortabilityRequest request, string name, DateOnly today) => request.Find(name) is { IsOpen: true }
        ? new Decision.Change(new PortabilityFact.TransmissionStopped(name, today))
        : Decision.Nothing;

    /// <summary>The controller downloads the package; only the first time is noted.</summary>
    public static Decision HandOver(PortabilityRequest request, string name, string sha256, DateOnly today, DateTimeOffset legalNow) =>
        request.OffersExport(legalNow) && request.Find(name) is { HandedOverOn: null, StoppedOn: null }
            ? new Decision.Change(new PortabilityFact.TransmissionHandedOver(name, today, sha256))
            : Decision.Nothing;
}

/// <summary>What can be in the way of a transmission.</summary>
internal enum TransmissionBar
{
    /// <summary>There is no package any more.</summary>
    Over,

    /// <summary>It is transmitted to as many controllers as it can be.</summary>
    NoMore,

    /// <summary>The person has stopped the transmission to that controller.</summary>
    Stopped,
}

/// <summary>Why nothing is transmitted to a mailbox.</summary>
internal enum MailboxBar
{
    /// <summary>It is the person's own, to which the package is offered anyway.</summary>
    ThePersons,

    /// <summary>It is the company's, which has the data.</summary>
    Ours,
}
