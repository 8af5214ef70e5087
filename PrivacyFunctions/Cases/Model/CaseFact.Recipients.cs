using System.Text.Json.Serialization;

namespace PrivacyFunctions.Cases.Model;

/// <content>What recipients of the person's data are told, and what they answer (GDPR art. 19).</content>
public abstract partial record CaseFact
{
    /// <summary>Something was done with the person's data of which its recipients are to be told.</summary>
    /// <param name="Act">What, as a word of ours.</param>
    /// <param name="On">The local date.</param>
    /// <param name="DataSets">With which data sets.</param>
    /// <param name="Recipients">Who may have some of them, by their ids in the data map.</param>
    [FactName("recipients-to-tell")]
    public sealed record RecipientsToTell(
        string Act, DateOnly On, IReadOnlyList<string> DataSets, IReadOnlyList<string> Recipients) : CaseFact
    {
        /// <inheritdoc/>
        public bool Equals(RecipientsToTell? other) => other is not null && (Act, On) == (other.Act, other.On)
            && DataSets.SequenceEqual(other.DataSets) && Recipients.SequenceEqual(other.Recipients);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Act, On, DataSets.Count, Recipients.Count);
    }

    /// <summary>A recipient was told of it.</summary>
    /// <param name="Act">Of what.</param>
    /// <param name="Recipient">Who.</param>
    /// <param name="On">The local date.</param>
    /// <param name="Way">By what way, as a word of ours.</param>
    [FactName("recipient-told")]
    public sealed record RecipientTold(string Act, string Recipient, DateOnly On, string Way) : CaseFact
    {
        /// <summary>Whether it replaces what was entered before.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Corrects { get; init; }
    }

    /// <summary>A recipient answered.</summary>
    /// <param name="Act">Of what it was told.</param>
    /// <param name="Recipient">Who.</param>
    /// <param name="On">The local date.</param>
    /// <param name="Answer">What, as a word of ours.</param>
    [FactName("recipient-answered")]
    public sealed record RecipientAnswered(string Act, string Recipient, DateOnly On, string Answer) : CaseFact
    {
        /// <inheritdoc cref="RecipientTold.Corrects"/>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Corrects { get; init; }
    }

    /// <summary>The Data Protection Officer is asked about recipients of which nobody has entered in time that they were told, or that they answered.</summary>
    /// <param name="Act">Of what they are to be told.</param>
    /// <param name="Untold">Who was not told.</param>
    /// <param name="Unanswered">Who was told and has not answered.</param>
    [FactName("recipients-late")]
    public sealed record RecipientsLate(string Act, IReadOnlyList<string> Untold, IReadOnlyList<string> Unanswered) : CaseFact
    {
        /// <inheritdoc/>
        public bool Equals(RecipientsLate? other) => other is not null && Act == other.Act
            && Untold.SequenceEqual(other.Untold) && Unanswered.SequenceEqual(other.Unanswered);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Act, Untold.Count, Unanswered.Count);
    }
}
