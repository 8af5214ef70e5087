using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests;

/// <summary>What a kind of request is called, on its form, in its mails and on the page behind its link.</summary>
internal sealed record RequestWords
{
    private static readonly RequestWords Access = new()
    {
        Path = "/requests/access",
        FormTitle = "Get a copy of my data",
        FormButton = "Ask for my data",
        UseOfAddress = "to find your data",
        ConfirmSubject = "Please confirm your request for your personal data",
        Topic = "for your data",
        AskedFor = "for a copy of the personal data that we hold about the owner of this mailbox",
        WhyConfirm = "Because the data goes to nobody but you, please confirm that you asked. The link opens a page with a button.",
        IfNotYou = "If you did not ask, do nothing: without your confirmation nobody receives anything.",
        WithoutProof = "Without that we must not give data to anybody",
        Question = "Did you ask for a copy of your data?",
        Next = "We then collect what we hold about you and mail you when it is ready.",
        NotYouNext = "If you did not ask, close this page: nobody receives anything.",
        UnderWay = "We are collecting your data. You get a mail when it is ready",
        UnconfirmedNothing = "Without your confirmation nobody receives any data.",
    };

    private static readonly RequestWords Erasure = new()
    {
        Path = "/requests/erasure",
        FormTitle = "Have my data erased",
        FormButton = "Ask to erase my data",
        UseOfAddress = "to find the data that is to be erased",
        ConfirmSubject = "Please confirm your request to erase your personal data",
        Topic = "to erase your data",
        AskedFor = "to erase the personal data that we hold about the owner of this mailbox",
        WhyConfirm = "What is erased cannot be brought back, so please confirm that you asked. The link opens a page with a button.",
        IfNotYou = "If you did not ask, do nothing: without your confirmation nothing is erased.",
        WithoutProof = "Without that we must not erase anybody's data",
        Question = "Did you ask us to erase your data?",
        Next = "We then look at what we hold about you, erase it, and mail you what was erased and what we have to keep, and why. "
            + "What is erased cannot be brought back. If you want a copy first, ask for it before you press the button. "
            + "If you own an account that is about to end, that can then no longer be undone.",
        NotYouNext = "If you did not ask, close this page: nothing is erased.",
        UnderWay = "We are looking at what we hold about you. You get a mail when it is erased",
        UnconfirmedNothing = "Without your confirmation nothing is erased.",
    };

    /// <summary>Where its form is, and where it is sent to.</summary>
    public required string Path { get; init; }

    public required string FormTitle { get; init; }

    public required string FormButton { get; init; }

    /// <summary>Completes "We use your address ...".</summary>
    public required string UseOfAddress { get; init; }

    public required string ConfirmSubject { get; init; }

    /// <summary>Completes "your request ...".</summary>
    public required string Topic { get; init; }

    /// <summary>Completes "Somebody asked us ...".</summary>
    public required string AskedFor { get; init; }

    public required string WhyConfirm { get; init; }

    public required string IfNotYou { get; init; }

    /// <summary>A clause: what must not be done without a proof of who asks.</summary>
    public required string WithoutProof { get; init; }

    public required string Question { get; init; }

    /// <summary>What happens when the button is pressed.</summary>
    public required string Next { get; init; }

    public required string NotYouNext { get; init; }

    /// <summary>What happens once it is confirmed; goes on with a date or a full stop.</summary>
    public required string UnderWay { get; init; }

    /// <summary>What does not happen without a confirmation.</summary>
    public required string UnconfirmedNothing { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">It is no data-subject request.</exception>
    public static RequestWords Of(CaseKind kind) => kind switch
    {
        CaseKind.Access => Access,
        CaseKind.Erasure => Erasure,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
