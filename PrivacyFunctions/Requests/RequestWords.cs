namespace PrivacyFunctions.Requests;

/// <summary>What a kind of request is called, on its form, in its mails and on the page behind its link.</summary>
internal sealed record RequestWords
{
    /// <summary>What it is for, under its title in the privacy centre.</summary>
    public required string Offer { get; init; }

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
}
