namespace PrivacyFunctions.Requests.Model;

/// <summary>Where a data-subject request stands. Numbers of published members stay: histories hold them.</summary>
public enum CaseStatus
{
    /// <summary>Received; the mailbox is not proven yet.</summary>
    AwaitingConfirmation,

    /// <summary>Not confirmed in time. The person was told, and can still resume.</summary>
    NotIdentified,

    /// <summary>The mailbox is proven; the answer is being made.</summary>
    Confirmed,

    /// <summary>The answer lies ready to be fetched.</summary>
    Offered,

    /// <summary>Nothing more will happen.</summary>
    Closed,

    /// <summary>A plan of what is to be erased waits for an operator.</summary>
    AwaitingApproval,

    /// <summary>An operator approved the plan; it is looked at once more before anything is destroyed.</summary>
    Approved,

    /// <summary>The approved plan is being carried out.</summary>
    Erasing,

    /// <summary>Nothing is left that has no ground to stay; the person is being told.</summary>
    Erased,

    /// <summary>Received, and no proof of identity is asked for (L9): it is being done.</summary>
    Accepted,

    /// <summary>The use of the person's data is restricted, until an operator decides that the ground is over.</summary>
    Restricted,

    /// <summary>The person was told on which day the restriction is lifted.</summary>
    Lifting,

    /// <summary>An operator has to decide.</summary>
    AwaitingDecision,

    /// <summary>What the person corrected is being put right.</summary>
    Correcting,
}
