using System.Text.Json.Serialization;

namespace PrivacyFunctions.Cases.Model;

/// <content>What a person and operators write about a case, and what is doubted meanwhile.</content>
public abstract partial record CaseFact
{
    /// <summary>The person wrote to us about the request; the words lie sealed elsewhere.</summary>
    /// <param name="Name">Under which name.</param>
    /// <param name="On">The local date.</param>
    [FactName("message-received")]
    public sealed record MessageReceived(string Name, DateOnly On) : CaseFact
    {
        /// <summary>How long the clock stood still until this answer came (L3, L4); null where it did not.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Pause? Paused { get; init; }
    }

    /// <summary>An operator wrote to the person about the request; the words lie sealed elsewhere.</summary>
    /// <param name="Name">Under which name.</param>
    /// <param name="On">The local date.</param>
    /// <param name="Asks">Whether an answer is needed to go on.</param>
    /// <param name="Operator">Who wrote it.</param>
    [FactName("message-sent")]
    public sealed record MessageSent(string Name, DateOnly On, bool Asks, string Operator) : CaseFact;

    /// <summary>An operator has read what the person wrote.</summary>
    /// <param name="Number">How many messages of the person there were.</param>
    /// <param name="Operator">Who read them.</param>
    [FactName("messages-read")]
    public sealed record MessagesRead(int Number, string Operator) : CaseFact;

    /// <summary>An operator goes on without the person's answer to a question.</summary>
    /// <param name="On">The local date.</param>
    /// <param name="Operator">Who decided it.</param>
    [FactName("question-over")]
    public sealed record QuestionOver(DateOnly On, string Operator) : CaseFact
    {
        /// <inheritdoc cref="MessageReceived.Paused"/>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Pause? Paused { get; init; }
    }

    /// <summary>An operator noted something for those who see to the case; the words lie sealed elsewhere.</summary>
    /// <param name="Name">Under which name.</param>
    /// <param name="Operator">Who noted it.</param>
    [FactName("commented")]
    public sealed record Commented(string Name, string Operator) : CaseFact;

    /// <summary>An operator doubts, with reason, that the request is its person's own; the person is asked what shows it (art. 12(6); L9).</summary>
    /// <param name="Ground">Why, as a word of ours.</param>
    /// <param name="Operator">Who doubts.</param>
    [FactName("identity-doubted")]
    public sealed record IdentityDoubted(string Ground, string Operator) : CaseFact;

    /// <summary>The doubt is over. What the person sent to show who they are is destroyed.</summary>
    /// <param name="IsIdentified">Whether it is their request; else it ends.</param>
    /// <param name="Operator">Who decided it.</param>
    [FactName("doubt-ended")]
    public sealed record DoubtEnded(bool IsIdentified, string Operator) : CaseFact;
}
