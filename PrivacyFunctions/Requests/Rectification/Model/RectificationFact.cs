using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Rectification.Model;

/// <summary>What happens to a rectification alone. What stood there and what stands there now are in a record of their own.</summary>
public abstract record RectificationFact : CaseFact
{
    private RectificationFact()
    {
    }

    /// <summary>The person can look at what is held about them and correct it.</summary>
    /// <param name="Until">Legal time, UTC.</param>
    [FactName("data-shown")]
    public sealed record DataShown(DateTimeOffset Until) : RectificationFact;

    /// <summary>The person sent corrections.</summary>
    /// <param name="Submission">By which key they are kept.</param>
    /// <param name="Corrections">What is to be corrected where.</param>
    [FactName("corrections-sent")]
    public sealed record CorrectionsSent(string Submission, IReadOnlyList<SentCorrection> Corrections) : RectificationFact
    {
        /// <inheritdoc/>
        public bool Equals(CorrectionsSent? other) =>
            other is not null && Submission == other.Submission && Corrections.SequenceEqual(other.Corrections);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Submission, Corrections.Count);
    }

    /// <summary>The time was over, and the person had sent none.</summary>
    [FactName("nothing-sent")]
    public sealed record NothingSent : RectificationFact;

    /// <summary>An operator has to decide about one of them.</summary>
    [FactName("correction-needs-decision")]
    public sealed record DecisionNeeded(int Number, DecisionNeed Why) : RectificationFact;

    /// <summary>One of them is made.</summary>
    /// <param name="Number">Which.</param>
    /// <param name="Records">In how many records the right value stands.</param>
    [FactName("corrected")]
    public sealed record Corrected(int Number, int Records) : RectificationFact;

    /// <summary>What was wrong does not stand there any more.</summary>
    [FactName("correction-not-found")]
    public sealed record NotFound(int Number) : RectificationFact;

    /// <summary>An operator decided that one of them is to be made.</summary>
    [FactName("correction-accepted")]
    public sealed record Accepted(int Number, string Operator) : RectificationFact;

    /// <summary>An operator saw to one of them by hand.</summary>
    /// <param name="Number">Which.</param>
    /// <param name="DataSets">In which data sets they corrected something, with blanks between; empty for none.</param>
    /// <param name="Operator">Who.</param>
    [FactName("corrected-by-hand")]
    public sealed record DoneByHand(int Number, string DataSets, string Operator) : RectificationFact;

    /// <summary>An operator refused one of them (art. 12(4)).</summary>
    [FactName("correction-refused")]
    public sealed record Refused(int Number, CorrectionRefusal Reason, string Operator) : RectificationFact;
}

/// <summary>A correction as it was sent.</summary>
/// <param name="Number">Its number in the case, from 1.</param>
/// <param name="DataSet">Where; null for what the person said in their own words.</param>
/// <param name="Field">Which field of it.</param>
/// <param name="Commitment">SHA-256 over a salt, what stood there and what is to stand there, in hexadecimal.</param>
public sealed record SentCorrection(int Number, string? DataSet, string? Field, string Commitment);
