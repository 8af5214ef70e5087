using Microsoft.Extensions.Options;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Newsletters;

/// <summary>A single message of one of the company's systems.</summary>
/// <param name="Id">The system's own id of it: the same id is the same message.</param>
/// <param name="Caller">The id of the system that sends it.</param>
internal sealed record CompanyMessage(string Id, EmailAddress To, MessageKind Kind, string Subject, string Text, string Caller);

/// <summary>What the gate did with a message.</summary>
internal enum GateAnswer
{
    /// <summary>It went out, now or when the id was first used.</summary>
    Sent,

    /// <summary>The person does not want it, or their data is restricted: it did not and will not go.</summary>
    Suppressed,

    /// <summary>The provider refuses the address for good.</summary>
    Refused,

    /// <summary>It is being sent, or nobody knows whether it went; it is not sent again.</summary>
    Unknown,

    /// <summary>It did not go, or an essential one perhaps did: the same id may be tried again.</summary>
    NotNow,

    /// <summary>The id was used for another message.</summary>
    AnotherMessage,
}

/// <summary>
/// Where every message to a person passes. Essential ones always go, at least once with one Message-ID. Others go only to
/// who wants them and whose data is not restricted, with the way out in them, at most once.
/// </summary>
internal sealed class MessageGate(
    SentMessages messages, ReaderWishes wishes, Subscribers subscribers, UnsubscribeLinks links, People people, LetterWriter letters, IMailer mailer,
    IOptions<SiteOptions> site)
{
    public async Task<GateAnswer> PassAsync(CompanyMessage message, CancellationToken cancellation)
    {
        var name = messages.NameOf(message.Id);
        var content = messages.Fingerprint($"{message.To.Value}\n{message.Kind}\n{message.Subject}\n{message.Text}");
        if (await messages.FindAsync(name, cancellation) is { } earlier)
            return earlier.Content == content ? Known(earlier.Outcome) : GateAnswer.AnotherMessage;

        return message.Kind switch
        {
            MessageKind.Essential essential => await SendEssentialAsync(name, content, message, essential, cancellation),
            MessageKind.Newsletter newsletter => await SendNewsletterAsync(name, content, message, newsletter, cancellation),
            _ => throw new NotSupportedException(),
        };
    }

    private async Task<GateAnswer> SendEssentialAsync(
        string name, string content, CompanyMessage message, MessageKind.Essential kind, CancellationToken cancellation)
    {
        var answer = await TrySendAsync(name, message, new Mailing.Essential(kind.Kind, LetterOf(message)), cancellation);
        if (answer is GateAnswer.Sent)
            await messages.TryAddAsync(new(name, kind, content, message.Caller), MailOutcome.Sent, CancellationToken.None);
        return answer is GateAnswer.Unknown ? GateAnswer.NotNow : answer;
    }

    private async Task<GateAnswer> SendNewsletterAsync(
        string name, string content, CompanyMessage message, MessageKind.Newsletter kind, CancellationToken cancellation)
    {
        if (await messages.TryAddAsync(new(name, kind, content, message.Caller), MailOutcome.Claimed, cancellation) is not { } claim)
            return GateAnswer.Unknown; // the same message is on its way at this moment

        var mailing = await WrittenAsync(name, claim, message, kind);
        var answer = mailing is null ? GateAnswer.Suppressed : await TrySendAsync(name, message, mailing, CancellationToken.None);
        if (answer is GateAnswer.NotNow) await messages.ReleaseAsync(name, claim, CancellationToken.None);
        else await messages.SettleAsync(name, Outcome(answer), CancellationToken.None);
        return answer;
    }

    // Null for somebody to whom it may not go. Whatever fails here, such as a list or a key ring that is away: nothing went.
    private async Task<Mailing.Newsletter?> WrittenAsync(
        string name, SentMessage claim, CompanyMessage message, MessageKind.Newsletter kind)
    {
        try
        {
            var subscription = new Subscription(people.KeyOf(message.To), kind.Name);
            var listed = await subscribers.FindAsync(message.To, kind.Name, CancellationToken.None);
            return await wishes.AllowAsync(message.To, subscription, listed is null ? [] : [listed], CancellationToken.None)
                ? new Mailing.Newsletter(LetterOf(message), letters.WayOut(kind.Name, links.Of(subscription)))
                : null;
        }
        catch (Exception)
        {
            await messages.ReleaseAsync(name, claim, CancellationToken.None);
            throw;
        }
    }

    private async Task<GateAnswer> TrySendAsync(
        string name, CompanyMessage message, Mailing mailing, CancellationToken cancellation)
    {
        try
        {
            await mailer.SendAsync(message.To, mailing, $"{name}@{site.Value.BaseUrl.Host}", cancellation);
            return GateAnswer.Sent;
        }
        catch (MailNotAcceptedException refusal) when (refusal.IsForGood)
        {
            return GateAnswer.Refused;
        }
        catch (Exception failure) when (MailFailures.NeverLeft(failure))
        {
            return GateAnswer.NotNow;
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return GateAnswer.Unknown;
        }
    }

    // An empty line parts paragraphs.
    private static Letter LetterOf(CompanyMessage message) => new(
        message.Subject,
        [.. message.Text.ReplaceLineEndings("\n")
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(words => new TextPart.Paragraph(words))]);

    private static GateAnswer Known(MailOutcome outcome) => outcome switch
    {
        MailOutcome.Sent => GateAnswer.Sent,
        MailOutcome.Suppressed => GateAnswer.Suppressed,
        MailOutcome.Refused => GateAnswer.Refused,
        _ => GateAnswer.Unknown,
    };

    private static MailOutcome Outcome(GateAnswer answer) => answer switch
    {
        GateAnswer.Sent => MailOutcome.Sent,
        GateAnswer.Suppressed => MailOutcome.Suppressed,
        GateAnswer.Refused => MailOutcome.Refused,
        _ => MailOutcome.Parked,
    };
}
